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

for (const [app, path] of [['customer', '/'], ['admin', '/admin/']]) {
  test(`${app}: a crash shows a way out and is reported once`, async ({ browser, server }) => {
    const context = await browser.newContext({ baseURL: server.url });
    await context.addInitScript(hideBody);
    const page = await context.newPage();
    const sent = page.waitForResponse('**/api/client-errors');
    const reports = [];
    page.on('request', (request) => request.url().endsWith('/api/client-errors') && reports.push(request.postDataJSON()));
    await page.goto(path);
    await expect(page.getByTestId('crash')).toBeVisible();
    expect((await sent).status()).toBe(204);
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ app, version: expect.stringMatching(/^\d+\.\d+\.\d+/), message: expect.stringMatching(/./) });
    expect(reports[0].location).toMatch(/\.rs:\d+:\d+$/);
    expect(reports[0].path.startsWith(path.replace(/\/$/, ''))).toBe(true);
    await context.close();
  });
}
