// A manager without a mouse: the login, an order's steps, the end of a visit, a dish, several dishes at once.
import { go, press } from './support/keys.mjs';
import { addDish, expect, placeOrder, tableLogin, test } from './support/test.mjs';

test('a manager signs in, moves an order on, finishes the table and changes the menu by keyboard alone', async ({ open, server }) => {
  const tablet = await open('tablet');
  await tableLogin(tablet, '3');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  const page = await open('desktop', { reducedMotion: 'reduce' });
  const at = (testid) => page.getByTestId(testid);
  await page.goto('/admin/');
  await expect(at('login-form')).toBeVisible();
  for (const [field, text] of [['store', 'demo'], ['username', 'admin'], ['password', 'admin123']]) {
    await go(page, at(field));
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await expect(at('tables')).toBeVisible();

  // The first stop leads past the navigation.
  await press(page, page.locator('.skip'));
  const table = at('table-card-3').locator('.table-open');
  await press(page, table);
  await expect(page.locator('#drawer-title')).toBeFocused();
  const card = at('order-card');
  const status = card.getByTestId('order-status');
  await press(page, card.getByTestId('next-status'));
  await expect(status).toHaveAttribute('data-status', 'preparing');
  // One step back, by the message that offers it.
  await press(page, page.locator('[data-testid="toast-action"]:visible').first());
  await expect(status).toHaveAttribute('data-status', 'pending');
  for (const next of ['preparing', 'completed']) {
    await press(page, card.getByTestId('next-status'));
    await expect(status).toHaveAttribute('data-status', next);
  }
  await press(page, card.getByTestId('order-timeline'));
  await expect(card.getByTestId('timeline').locator('li')).toHaveCount(5);

  await press(page, at('finish-table'));
  await expect(page.locator('#finish-title')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(at('finish-table')).toBeFocused();
  await page.keyboard.press('Enter');
  await press(page, at('finish-yes'));
  await expect(at('drawer')).toBeHidden();
  await expect(table).toBeFocused();
  expect((await server.sql('SELECT count(*)::int FROM order_history'))[0].count).toBe(1);

  await press(page, at('nav-menus'), 'Enter', 'Shift+Tab');
  const dish = page.locator('[data-dish="잡채"]');
  await expect(dish).toBeVisible();
  await go(page, at('search'));
  await page.keyboard.type('잡채');
  await press(page, dish.getByTestId('availability'), ' ');
  await expect(dish).toContainText('품절');
  await press(page, dish.getByTestId('dish-open'), 'Enter', 'Shift+Tab');
  await expect(page.locator('#dish-title')).toBeFocused();
  await go(page, page.locator('#price'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('13500');
  await press(page, at('save-dish'));
  await expect(at('dish-drawer')).toBeHidden();
  await expect(dish).toContainText('13,500원');

  await press(page, at('bulk'), 'Enter', 'Shift+Tab');
  await press(page, dish.getByTestId('dish-pick'), ' ');
  await press(page, at('bulk-open'));
  await expect(page.locator('#bulk-title')).toBeFocused();
  await go(page, at('act'));
  await page.keyboard.press('ArrowDown');
  await expect(at('act')).toHaveValue('on_sale');
  await press(page, at('bulk-apply'));
  await expect(at('bulk-dialog')).toBeHidden();
  await expect(dish).toContainText('판매 중');
});
