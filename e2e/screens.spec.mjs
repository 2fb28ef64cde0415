// Pictures of every screen: `npm run screens` writes them to e2e/screens/, and with README=1 the README's four to
// docs/images/.
import { addDish, adminLogin, dish, expect, placeOrder, tableLogin, test } from './support/test.mjs';

const still = { reducedMotion: 'reduce' };

async function shot(page, name) {
  await page.waitForTimeout(400);
  await page.evaluate(() => document.querySelectorAll('[data-testid="toast"]').forEach((toast) => toast.remove()));
  await page.screenshot({ path: `screens/${name}.png` });
  const readme = { 'tablet-menu-filled': 'customer-tablet', 'phone-menu': 'customer-phone', 'desktop-board': 'admin-board', 'phone-board': 'admin-phone' }[name];
  if (process.env.README && readme) await page.screenshot({ path: `../docs/images/${readme}.png` });
}

for (const size of ['tablet', 'portrait', 'phone', 'desktop']) {
  test(`customer app, ${size}`, async ({ open }) => {
    const page = await open(size, still);
    await page.goto('/');
    await expect(page.getByTestId('login-form')).toBeVisible();
    await shot(page, `${size}-login`);
    await tableLogin(page, '7');
    await page.waitForTimeout(2500);
    await shot(page, `${size}-menu`);
    await dish(page, '비빔밥').getByTestId('dish-open').click();
    await expect(page.getByTestId('item-dialog')).toBeVisible();
    await shot(page, `${size}-dish`);
    await page.keyboard.press('Escape');
    for (const name of ['소불고기', '김치찌개', '해물파전']) await addDish(page, name);
    await page.waitForTimeout(2500);
    await shot(page, `${size}-menu-filled`);
    if (await page.getByTestId('cart-bar').isVisible()) await page.getByTestId('cart-bar').click();
    await shot(page, `${size}-cart`);
    await page.getByTestId('order-button').first().click();
    await expect(page.getByTestId('confirm-order')).toBeVisible();
    await shot(page, `${size}-confirm`);
    await page.getByTestId('confirm-order').click();
    await expect(page.getByTestId('order-number')).toBeVisible();
    await shot(page, `${size}-placed`);
    await page.getByTestId('placed-see').click();
    await expect(page.getByTestId('order-card')).toBeVisible();
    await shot(page, `${size}-orders`);
  });
}

test('admin app', async ({ open, server }) => {
  const tablet = await open('tablet', still);
  await tableLogin(tablet, '7');
  for (const cart of [['소불고기', '해물파전'], ['김치찌개'], ['잡채', '해물파전']]) {
    for (const name of cart) await addDish(tablet, name);
    await placeOrder(tablet);
    await tablet.getByTestId('placed-leave').click();
  }
  for (const table of ['3', '9', '11']) {
    const other = await open('tablet', still);
    await tableLogin(other, table);
    await addDish(other, table === '9' ? '군만두' : '해물파전');
    await placeOrder(other);
  }
  await server.sql(`UPDATE orders SET status = 'preparing' WHERE order_number LIKE '%0001'`);
  await server.sql(`UPDATE orders SET created_at = created_at - interval '12 minutes' WHERE order_number LIKE '%0004'`);
  for (const size of ['desktop', 'tablet', 'small', 'phone']) {
    const board = await open(size, still);
    await board.goto('/admin/');
    await expect(board.getByTestId('login-form')).toBeVisible();
    await shot(board, `${size}-admin-login`);
    await adminLogin(board);
    await expect(board.getByTestId('queue-ticket').first()).toBeVisible();
    await shot(board, `${size}-board`);
    await board.getByTestId('table-card-7').locator('.table-open').click();
    await expect(board.getByTestId('drawer')).toBeVisible();
    await shot(board, `${size}-drawer`);
  }
});
