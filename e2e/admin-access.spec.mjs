// WCAG 2.2 AA, light and dark, on the managers' pages beside the board.
import { addDish, adminLogin, expect, expectAccessible, placeOrder, tableLogin, test } from './support/test.mjs';

for (const [size, colorScheme] of [['desktop', 'light'], ['tablet', 'dark'], ['small', 'light'], ['phone', 'dark']]) {
  test(`the managers' pages on a ${size}, ${colorScheme}`, async ({ open }) => {
    const tablet = await open('tablet');
    await tableLogin(tablet);
    await addDish(tablet, '해물파전');
    await placeOrder(tablet);
    const page = await open(size, { colorScheme, reducedMotion: 'reduce' });
    await adminLogin(page);
    await page.getByTestId('table-card-1').locator('.table-open').click();
    await expect(page.getByTestId('finish-table')).toBeVisible();
    for (const act of ['finish-table', 'move-visit', 'past-visits']) {
      await page.getByTestId(act).click();
      await expect(page.locator('dialog[open]')).toHaveCount(2);
      await page.waitForTimeout(300);
      await expectAccessible(page, act);
      await page.keyboard.press('Escape');
      await expect(page.locator('dialog[open]')).toHaveCount(1);
    }
    await page.keyboard.press('Escape');
    await page.getByTestId('nav-kitchen').click();
    await expect(page.getByTestId('kitchen-ticket')).toBeVisible();
    await expectAccessible(page, 'kitchen');
    await page.getByTestId('nav-dashboard').last().click();
    await page.getByTestId('nav-tables').click();
    await expect(page.getByTestId('rooms')).toBeVisible();
    await expectAccessible(page, 'tables');
    await page.getByTestId('room-2').locator('button').click();
    await expect(page.getByTestId('no-devices')).toBeVisible();
    await expectAccessible(page, 'a table');
    await page.getByTestId('drawer-close').click();
    await page.getByTestId('print-cards').click();
    await expect(page.getByTestId('setup-card').first()).toBeVisible();
    await expectAccessible(page, 'cards');
    await page.getByTestId('nav-menus').click();
    await expect(page.getByTestId('menu-list')).toBeVisible();
    await expectAccessible(page, 'menu');
    await page.locator('[data-dish="김치찌개"]').getByTestId('dish-open').click();
    await expect(page.getByTestId('preview')).toBeVisible();
    for (const closed of await page.getByTestId('dish-drawer').locator('details').all()) {
      await closed.evaluate((details) => { details.open = true; });
    }
    await expectAccessible(page, 'dish');
    await page.getByTestId('cancel-dish').click();
    await page.getByTestId('categories').click();
    await expect(page.getByTestId('category').first()).toBeVisible();
    await expectAccessible(page, 'categories');
    await page.keyboard.press('Escape');
    await page.getByTestId('nav-store').click();
    for (const part of ['settings', 'users', 'audit', 'screen']) {
      await page.getByTestId(part).click();
      await page.waitForTimeout(400);
      await expectAccessible(page, part);
    }
    // Nothing is wider than the screen.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
}
