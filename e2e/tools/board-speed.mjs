// How fast the managers' board is with a full house: `npm run board-speed`. 60 tables with 300 open orders; the board
// opens, orders arrive one by one, and an hour of events goes by at many times its speed. Fails past its limits.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { Server } from '../support/server.mjs';

const TABLES = 60;
const ORDERS_PER_TABLE = 5;
const ARRIVALS = 30;
// Three hundred orders a minute: more than any house has, and no two in one frame.
const BETWEEN_MS = 200;
// An hour with an event every three seconds.
const EVENTS = 1200;
const limits = { open: 1500, paint: 100, growth: 10 };

async function call(server, path, { cookie, ...options } = {}) {
  const headers = { 'Content-Type': 'application/json', Origin: server.url, ...(cookie && { Cookie: cookie }), ...options.headers };
  const answer = await fetch(server.url + path, { ...options, headers });
  if (answer.status === 429) {
    // Faster than any manager: the server says how long to wait.
    await sleep(Number(answer.headers.get('Retry-After')) * 1000);
    return call(server, path, { cookie, ...options });
  }
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  return { cookies, body: answer.status === 204 ? undefined : await answer.json() };
}

const post = (server, path, body, cookie, headers) => call(server, path, { method: 'POST', body: JSON.stringify(body), cookie, headers });

const order = async (server, table) =>
  (await post(server, '/api/orders', { items: [{ menu_id: server.dish, quantity: 1 }] }, table, { 'Idempotency-Key': randomUUID() })).body;

// A full house; answers one cookie per table and the manager's.
async function fill(server) {
  const admin = (await post(server, '/api/auth/admin-login', { store: 'demo', username: 'admin', password: 'admin123' })).cookies;
  const { tables } = (await call(server, '/api/admin/tables', { cookie: admin })).body;
  const { menus } = (await call(server, '/api/admin/menus', { cookie: admin })).body;
  server.dish = menus.find((menu) => !(menu.option_groups ?? []).some((group) => group.min_choices > 0)).id;
  for (let number = 101; tables.length + number - 101 < TABLES; number += 1) {
    await post(server, '/api/admin/tables', { table_number: `${number}`, password: `TABLE${number}` }, admin);
  }
  const all = (await call(server, '/api/admin/tables', { cookie: admin })).body.tables.map((table) => table.table_number);
  const signedIn = [];
  for (const number of all) {
    const password = `TABLE${number.padStart(3, '0')}`;
    signedIn.push((await post(server, '/api/auth/table-login', { store: 'demo', table_number: number, password })).cookies);
  }
  for (const table of signedIn) for (let count = 0; count < ORDERS_PER_TABLE; count += 1) await order(server, table);
  return { admin, signedIn };
}

// From the moment an event reaches the page to the frame that shows it.
function watchEvents() {
  window.paints = [];
  const listen = EventSource.prototype.addEventListener;
  EventSource.prototype.addEventListener = function heard(name, listener, options) {
    const timed = (event) => {
      const start = performance.now();
      listener(event);
      if (name.startsWith('order-')) requestAnimationFrame(() => setTimeout(() => window.paints.push(performance.now() - start)));
    };
    return listen.call(this, name, timed, options);
  };
}

async function megabytes(session) {
  await session.send('HeapProfiler.collectGarbage');
  const heap = await session.send('Runtime.getHeapUsage');
  return (heap.usedSize + (heap.embedderHeapUsedSize ?? 0) + (heap.backingStorageSize ?? 0)) / 1024 / 1024;
}

async function measure(server, browser) {
  const { admin, signedIn } = await fill(server);
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  await context.addCookies(admin.split('; ').map((pair) => ({ name: pair.split('=')[0], value: pair.slice(pair.indexOf('=') + 1), url: `${server.url}/api` })));
  const page = await context.newPage();
  await page.addInitScript(watchEvents);
  const start = Date.now();
  await page.goto('/admin/dashboard');
  await page.waitForFunction((count) => document.querySelectorAll('[data-testid^="table-card-"]').length === count, TABLES, { polling: 'raf' });
  const open = Date.now() - start;
  await page.waitForSelector('[data-testid="connection-badge"][data-state="live"]');
  for (let count = 0; count < ARRIVALS; count += 1) {
    await order(server, signedIn[count % TABLES]);
    await sleep(BETWEEN_MS);
  }
  await page.waitForFunction((count) => window.paints.length >= count, ARRIVALS);
  const paints = (await page.evaluate(() => window.paints)).sort((a, b) => a - b);
  const session = await context.newCDPSession(page);
  const before = await megabytes(session);
  const { orders } = (await call(server, '/api/admin/orders', { cookie: admin })).body;
  // Forward and back: the house stays as full as it is.
  for (let count = 0; count < EVENTS / 2; count += 1) {
    const { id } = orders[count % orders.length];
    await call(server, `/api/admin/orders/${id}/status`, { method: 'PUT', body: '{"status":"preparing"}', cookie: admin });
    await post(server, `/api/admin/orders/${id}/recall`, {}, admin);
  }
  await page.waitForFunction((count) => window.paints.length >= count, ARRIVALS + EVENTS);
  await page.evaluate(() => { window.paints = []; });
  const growth = (await megabytes(session)) - before;
  const share = (part) => paints[Math.ceil(paints.length * part) - 1];
  return { open, paint: share(0.5), slow: share(0.95), growth };
}

const server = await Server.start();
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
try {
  const found = await measure(server, browser);
  const rows = [
    [`the board opens, ${TABLES} tables, ${TABLES * ORDERS_PER_TABLE} orders`, found.open, limits.open, 'ms'],
    // The median tells the app, the slow ones a busy machine.
    [`an order is painted, p50 (p95 ${found.slow.toFixed(0)} ms)`, found.paint, limits.paint, 'ms'],
    [`memory after ${EVENTS} more events`, found.growth, limits.growth, 'MB'],
  ];
  for (const [what, is, limit, unit] of rows) console.log(`${is < limit ? 'ok  ' : 'OVER'} ${what}: ${is.toFixed(1)} ${unit}, limit ${limit} ${unit}`);
  process.exitCode = rows.every(([, is, limit]) => is < limit) ? 0 : 1;
} finally {
  await browser.close();
  await server.stop();
}
