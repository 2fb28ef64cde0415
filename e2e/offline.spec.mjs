// The guests' app without a network, and through an update.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from './support/server.mjs';
import { addDish, dish, expect, placeOrder, tableLogin, test } from './support/test.mjs';

// Those that hold a page: a browser that looks something up while a cache is deleted may leave an empty one of its name.
const shells = (page) => page.evaluate(async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith('shell-'));
  const pages = await Promise.all(names.map((cacheName) => caches.match('/', { cacheName })));
  return names.filter((name, place) => pages[place]);
});

async function kept(page) {
  await expect.poll(() => page.evaluate(async () => Boolean(await caches.match('/')) && Boolean(navigator.serviceWorker.controller))).toBe(true);
}

test('opens where it was without a server, and goes on when it is back', async ({ open, server }) => {
  const page = await open('tablet');
  await tableLogin(page);
  await addDish(page, '해물파전');
  await kept(page);
  await server.kill();
  await page.reload();
  await expect(dish(page, '소불고기')).toBeVisible();
  await expect(page.getByTestId('offline-banner')).toBeVisible();
  await addDish(page, '김치찌개');
  // Nothing of the server's own is kept.
  for (const path of ['/api/menus', '/admin/', '/health']) {
    expect(await page.evaluate((url) => fetch(url).then(() => 'answered', () => 'refused'), path)).toBe('refused');
  }
  await server.serve();
  await expect(page.getByTestId('offline-banner')).toBeHidden({ timeout: 40_000 });
  await placeOrder(page);
  const [row] = await server.sql('SELECT count(*)::int AS orders, (SELECT count(*)::int FROM order_items) AS lines FROM orders');
  expect(row).toEqual({ orders: 1, lines: 2 });
});

test('an update replaces the page as a whole and keeps the cart', async ({ browser }) => {
  const web = await mkdtemp(join(tmpdir(), 'tableorder-web-'));
  await cp(process.env.WEB_DIR, web, { recursive: true, dereference: true });
  const server = await Server.start({ WEB_DIR: web });
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await tableLogin(page);
  await addDish(page, '해물파전');
  await kept(page);
  const before = await shells(page);
  expect(before).toHaveLength(1);

  const index = join(web, 'customer/index.html');
  await writeFile(index, (await readFile(index, 'utf8')).replace('</body>', '<i id="newer"></i></body>'));
  await Promise.all(['.br', '.gz'].map((end) => rm(index + end, { force: true })));
  await server.kill();
  await server.serve();
  await page.reload();
  await expect(page.locator('#newer')).toBeAttached();
  await expect(page.getByTestId('order-button').first()).toBeEnabled();
  // The older one goes when the newer is whole.
  await expect.poll(() => shells(page)).toEqual([expect.not.stringMatching(before[0])]);
  // The newer one is what opens without a server.
  await server.kill();
  await page.reload();
  await expect(page.locator('#newer')).toBeAttached();
  await expect(dish(page, '소불고기')).toBeVisible();
  await context.close();
  await server.stop();
  await rm(web, { recursive: true });
});
