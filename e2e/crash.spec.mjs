// A program that has stopped: what the guest sees, and what the server hears of it.
import { expect, test } from './support/test.mjs';

// A browser without a page to draw on, until the program has noticed.
function hideBody() {
  const own = Object.getOwnPropertyDescriptor(Document.prototype, 'body').get;
  let noticed = false;
  Object.defineProperty(Document.prototype, 'body', { configurable: true, get() { return noticed ? own.call(this) : null; } });
  const error = console.error;
  console.error = (...words) => {
    noticed = true;
    error(...words);
  };
}

// The browser's own tools do not show what a beacon carries.
function keepBeacons() {
  const send = Navigator.prototype.sendBeacon;
  window.beacons = [];
  Navigator.prototype.sendBeacon = function sendBeacon(url, body) {
    window.beacons.push(body.text());
    return send.call(this, url, body);
  };
}

for (const [app, path] of [['customer', '/'], ['admin', '/admin/']]) {
  test(`${app}: a crash shows a way out and is reported once`, async ({ browser, server }) => {
    const context = await browser.newContext({ baseURL: server.url });
    await context.addInitScript(hideBody);
    await context.addInitScript(keepBeacons);
    const page = await context.newPage();
    const sent = page.waitForResponse('**/api/client-errors');
    await page.goto(path);
    await expect(page.getByTestId('crash')).toBeVisible();
    expect((await sent).status()).toBe(204);
    const reports = (await page.evaluate(() => Promise.all(window.beacons))).map((text) => JSON.parse(text));
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ app, version: expect.stringMatching(/^\d+\.\d+\.\d+/), message: expect.stringMatching(/./) });
    // The apps are built without places in their source; nothing is better than "<redacted>".
    expect(reports[0].location ?? undefined).toBeUndefined();
    expect(reports[0].path.startsWith(path.replace(/\/$/, ''))).toBe(true);
    await context.close();
  });
}
