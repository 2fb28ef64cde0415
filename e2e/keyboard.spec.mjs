// A guest without a finger on the screen: from the login to an order and back with the keyboard alone. Wherever the focus
// goes it is seen, and it comes back to where a dialog was opened from.
import { go, press } from './support/keys.mjs';
import { dish, expect, test } from './support/test.mjs';

test('a guest signs in, searches, chooses, edits, orders, looks, calls and goes back by keyboard alone', async ({ open, server }) => {
  const page = await open('tablet', { reducedMotion: 'reduce' });
  const at = (testid) => page.getByTestId(testid);
  await page.goto('/');
  await expect(at('login-form')).toBeVisible();
  for (const [field, text] of [['store', 'demo'], ['table', '1'], ['password', 'TABLE001']]) {
    await go(page, page.locator(`#login-${field}`));
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await expect(dish(page, '소불고기')).toBeVisible();

  // The first stop leads past the header to the dishes.
  await press(page, page.locator('.skip'));
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => Boolean(document.activeElement.closest('main')))).toBe(true);

  await go(page, at('search'), 'Shift+Tab');
  await page.keyboard.type('ㅂㅂㅂ');
  await expect(at('search-count')).toContainText('1');
  const bibimbap = dish(page, '비빔밥').getByTestId('dish-open');
  await press(page, bibimbap);
  const dialog = at('item-dialog');
  await expect(page.locator('#item-h')).toBeFocused();

  // The rule is named, and the focus stands at the question.
  await press(page, at('add-to-cart'));
  const gochujang = at('option-group').first().locator('input');
  await expect(at('option-error')).toBeVisible();
  await expect(gochujang.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(gochujang.nth(1)).toBeChecked();
  await press(page, at('option-group').nth(1).locator('input').first(), ' ');
  await press(page, dialog.getByTestId('stepper-more'));
  await press(page, at('add-to-cart'));
  await expect(dialog).toBeHidden();
  await expect(bibimbap).toBeFocused();
  await press(page, at('search'), 'Escape', 'Shift+Tab');
  await expect(dish(page, '소불고기')).toBeVisible();

  // Two in the cart become one with something else on it.
  const line = at('cart-line').filter({ hasText: '비빔밥' });
  await expect(line.getByTestId('stepper-value')).toHaveText('2');
  await press(page, line.getByTestId('stepper-less'));
  await expect(line.getByTestId('stepper-value')).toHaveText('1');
  await press(page, line.getByTestId('edit-line'), 'Enter', 'Shift+Tab');
  await expect(page.locator('#item-h')).toBeFocused();
  await press(page, at('option-group').nth(1).locator('input').nth(1), ' ');
  await press(page, at('add-to-cart'));
  await expect(dialog).toBeHidden();
  await expect(at('cart-line')).toHaveCount(1);
  await expect(line.getByTestId('edit-line')).toBeFocused();

  await press(page, at('order-button'));
  await expect(page.locator('#confirm-h')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(at('order-button')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#confirm-h')).toBeFocused();
  await press(page, at('confirm-order'));
  await page.keyboard.press('Enter');
  await expect(page.locator('#placed-h')).toBeFocused();
  await press(page, at('placed-see'));
  await expect(at('order-card')).toHaveCount(1);

  await press(page, at('call-staff'));
  await expect(page.locator('#calls-h')).toBeFocused();
  await press(page, at('call-water'));
  await expect(at('call-sheet')).toBeHidden();
  await expect(at('call-staff')).toBeFocused();

  await press(page, at('lang-en'), 'Enter', 'Shift+Tab');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(at('lang-en')).toBeFocused();
  await press(page, at('back-to-menu'), 'Enter', 'Shift+Tab');
  await expect(dish(page, 'Bulgogi')).toBeVisible();

  const placed = await server.sql('SELECT count(DISTINCT o.id)::int AS orders, count(i.*)::int AS lines, sum(i.quantity)::int AS dishes FROM orders o JOIN order_items i ON i.order_id = o.id');
  expect(placed).toEqual([{ orders: 1, lines: 1, dishes: 1 }]);
});
