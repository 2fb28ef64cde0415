// What a page of another origin can do in a browser that is signed in here: nothing, unless it is configured.
import { createServer } from 'node:http';
import { Server } from './support/server.mjs';
import { expect, tableLogin, test } from './support/test.mjs';

// An empty page of its own origin, as anybody may put on the web.
async function site(host) {
  const http = createServer((request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>hello'));
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  const origin = `http://${host}:${http.address().port}`;
  return { origin, close: () => http.close() };
}

// Everything that a script of the page tries with the guest's cookies.
function attack(api) {
  const told = (promise) => promise.then((answer) => `${answer.type} ${answer.status}`, (error) => error.name);
  const json = { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: '{"kind":"water"}' };
  const stream = new Promise((resolve) => {
    const source = new EventSource(`${api}/api/events`, { withCredentials: true });
    const end = (answer) => () => {
      source.close();
      resolve(answer);
    };
    source.onopen = end('open');
    source.onerror = end('refused');
  });
  return Promise.all([
    told(fetch(`${api}/api/orders`, { credentials: 'include' })),
    told(fetch(`${api}/api/calls`, json)),
    told(fetch(`${api}/api/calls`, { ...json, mode: 'no-cors', headers: { 'Content-Type': 'text/plain' } })),
    stream,
  ]);
}

async function calls(server) {
  const [row] = await server.sql('SELECT count(*)::int AS count FROM calls');
  return row.count;
}

for (const [where, host] of [['another port of the same host', '127.0.0.1'], ['another site', 'localhost']]) {
  test(`a page on ${where} can neither read nor write`, async ({ open, server }) => {
    const foreign = await site(host);
    const guest = await open('tablet');
    await tableLogin(guest);
    const page = await guest.context().newPage();
    await page.goto(foreign.origin);
    expect(await page.evaluate(attack, server.url)).toEqual(['TypeError', 'TypeError', 'opaque 0', 'refused']);

    // A form needs no permission to be sent; its answer is a refusal.
    const refused = page.waitForResponse((response) => response.url() === `${server.url}/api/calls`);
    await page.evaluate((api) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: `${api}/api/calls`, enctype: 'text/plain' });
      form.append(Object.assign(document.createElement('input'), { name: '{"kind":"water","x":"', value: '"}' }));
      document.body.append(form);
      form.submit();
    }, server.url);
    expect((await refused).status()).toBe(403);
    expect(await calls(server)).toBe(0);
    foreign.close();
  });
}

test('our pages cannot be framed, and scripts see no cookie', async ({ open, server }) => {
  const foreign = await site('127.0.0.1');
  const guest = await open('tablet');
  await tableLogin(guest);
  expect(await guest.evaluate(() => document.cookie)).toBe('');
  const names = (await guest.context().cookies()).map((cookie) => `${cookie.name} ${cookie.httpOnly} ${cookie.sameSite}`);
  expect(names.sort()).toEqual(['tableorder_device true Strict', 'tableorder_table true Strict']);

  const page = await guest.context().newPage();
  await page.goto(foreign.origin);
  const blocked = page.waitForEvent('console', (message) => /frame-ancestors|X-Frame-Options/i.test(message.text()));
  await page.evaluate((url) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
  }, server.url);
  await blocked;
  foreign.close();
});

test('a configured origin may call with the guest\'s login', async ({ browser }) => {
  const trusted = await site('127.0.0.1');
  const server = await Server.start({ PUBLIC_ORIGINS: trusted.origin });
  const context = await browser.newContext({ baseURL: server.url });
  const guest = await context.newPage();
  await tableLogin(guest);
  const page = await context.newPage();
  await page.goto(trusted.origin);
  const [read, write, opaque, stream] = await page.evaluate(attack, server.url);
  expect([read, write, stream]).toEqual(['cors 200', 'cors 201', 'open']);
  expect(opaque).toBe('opaque 0');
  expect(await calls(server)).toBe(1);
  await context.close();
  await server.stop();
  trusted.close();
});
