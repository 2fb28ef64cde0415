// Lighthouse's mobile profile on the menu of a signed-in device: `npm run lighthouse`. It weighs 185 MB, so it is no
// dependency: the first run installs this version of it, and only this, into `.lighthouse/`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import config from '../playwright.config.mjs';
import { Server } from '../support/server.mjs';

const VERSION = '12.8.2';
const home = new URL('../.lighthouse/', import.meta.url);
const limits = { performance: 90, accessibility: 100, 'best-practices': 100 };
const ROUNDS = 3;

async function install() {
  if (existsSync(new URL('node_modules/lighthouse/package.json', home))) return;
  await mkdir(home, { recursive: true });
  await writeFile(new URL('package.json', home), JSON.stringify({ private: true }));
  const done = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', `lighthouse@${VERSION}`], { cwd: home, stdio: 'inherit' });
  if (done.status !== 0) throw new Error('Lighthouse was not installed');
}

async function cookieOf(server) {
  const answer = await fetch(`${server.url}/api/auth/table-login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: server.url },
    body: JSON.stringify({ store: 'demo', table_number: '1', password: 'TABLE001' }),
  });
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

await install();
const { default: lighthouse } = await import(new URL('node_modules/lighthouse/core/index.js', home));
const server = await Server.start();
const port = server.port + 1;
const { args, ...launch } = config.use.launchOptions;
const browser = await chromium.launch({ ...launch, args: [...args, `--remote-debugging-port=${port}`] });
try {
  const scores = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { lhr } = await lighthouse(server.url, {
      port, logLevel: 'error', onlyCategories: Object.keys(limits), extraHeaders: { Cookie: await cookieOf(server) },
    });
    if (lhr.finalDisplayedUrl.includes('/login')) throw new Error('the device was not signed in');
    scores.push(Object.fromEntries(Object.keys(limits).map((name) => [name, Math.round(lhr.categories[name].score * 100)])));
    const figure = (id) => `${id} ${lhr.audits[id].displayValue}`;
    console.log(['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'].map(figure).join(', '));
    for (const { auditRefs } of Object.values(lhr.categories)) {
      for (const { id, weight } of auditRefs) {
        const { score, title } = lhr.audits[id];
        if (weight > 0 && score !== null && score < 0.9) console.log(`  ${Math.round(score * 100)} ${id}: ${title}`);
      }
    }
  }
  for (const [name, limit] of Object.entries(limits)) {
    const middle = scores.map((score) => score[name]).toSorted((a, b) => a - b)[1];
    if (middle < limit) process.exitCode = 1;
    console.log(`${name}: ${middle} of ${limit} (${scores.map((score) => score[name]).join(', ')}) ${middle < limit ? 'MISSED' : 'ok'}`);
  }
} finally {
  await browser.close();
  await server.stop();
}
