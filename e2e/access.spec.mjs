// WCAG 2.2 AA of the managers' app, light and dark, at desktop, small and phone size; states.spec.mjs has the guests' app.
import { addDish, adminLogin, expect, expectAccessible, placeOrder, tableLogin, test } from './support/test.mjs';

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
