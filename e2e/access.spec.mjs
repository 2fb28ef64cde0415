// WCAG 2.2 AA, light and dark, on every screen that exists, at tablet, phone and desktop size.
import { addDish, adminLogin, dish, expect, expectAccessible, placeOrder, tableLogin, test } from './support/test.mjs';

for (const [size, colorScheme] of [['tablet', 'light'], ['phone', 'light'], ['tablet', 'dark']]) {
  test(`the customer app on a ${size}, ${colorScheme}`, async ({ open }) => {
    const page = await open(size, { colorScheme, reducedMotion: 'reduce' });
    await page.goto('/');
    await expect(page.getByTestId('login-form')).toBeVisible();
    await expectAccessible(page, 'login');
    await tableLogin(page);
    await expectAccessible(page, 'menu');
    await dish(page, '김치찌개').getByTestId('dish-open').click();
    await expect(page.getByTestId('item-dialog')).toBeVisible();
    await expectAccessible(page, 'dish');
    await page.keyboard.press('Escape');
    await addDish(page, '해물파전');
    if (size === 'phone') await page.getByTestId('cart-bar').click();
    await expectAccessible(page, 'cart');
    await page.getByTestId('order-button').first().click();
    await expect(page.getByTestId('confirm-order')).toBeVisible();
    await expectAccessible(page, 'confirmation');
    await page.getByTestId('confirm-order').click();
    await expect(page.getByTestId('order-number')).toBeVisible();
    await expectAccessible(page, 'order placed');
    await page.getByTestId('placed-see').click();
    await expect(page.getByTestId('order-card')).toBeVisible();
    await expectAccessible(page, 'orders');
  });
}

for (const [size, colorScheme] of [['desktop', 'light'], ['small', 'dark'], ['phone', 'light']]) {
  test(`the admin app on a ${size}, ${colorScheme}`, async ({ open }) => {
    const tablet = await open('tablet');
    await tableLogin(tablet);
    await addDish(tablet, '해물파전');
    await placeOrder(tablet);
    const page = await open(size, { colorScheme, reducedMotion: 'reduce' });
    await page.goto('/admin/');
    await expect(page.getByTestId('login-form')).toBeVisible();
    await expectAccessible(page, 'login');
    await adminLogin(page);
    await expect(page.getByTestId('queue-ticket')).toBeVisible();
    await expectAccessible(page, 'board');
    await page.getByTestId('table-card-1').locator('.table-open').click();
    await expect(page.getByTestId('drawer')).toBeVisible();
    await expectAccessible(page, 'table');
    await page.getByTestId('order-more').click();
    await page.getByTestId('delete-order').click();
    await expect(page.getByTestId('delete-dialog')).toBeVisible();
    await expectAccessible(page, 'delete');
  });
}
