// The store's settings, its accounts, who changed what.
import { adminLogin, expect, openManaged, test } from './support/test.mjs';

const openStore = (open, size) => openManaged(open, 'store', 'save-store', size);

test('settings are checked at their fields, saved, and known to every page', async ({ open }) => {
  const page = await openStore(open);
  await page.getByTestId('late_after_minutes').fill('2');
  await page.getByTestId('save-store').click();
  await expect(page.getByTestId('late_after_minutes-error')).toBeVisible();
  await page.getByTestId('late_after_minutes').fill('12');
  await page.getByTestId('timezone').fill('Mars/Olympus');
  await page.getByTestId('save-store').click();
  await expect(page.getByTestId('timezone-error')).toBeVisible();
  await page.getByTestId('timezone').fill('Asia/Seoul');
  await page.getByTestId('name').fill('새 이름 식당');
  await page.getByTestId('save-store').click();
  await expect(page.getByTestId('toast')).toContainText('저장');
  await expect(page.getByTestId('store-name')).toHaveText('새 이름 식당');
  await page.getByTestId('audit').click();
  const entry = page.getByTestId('audit-entry').first();
  await expect(entry).toContainText('새 이름 식당');
  await expect(entry).toContainText('late_after_minutes: 10 → 12');
  await page.locator('#audit-entity').selectOption('order');
  await expect(page.getByTestId('audit-empty')).toBeVisible();
});

test('an account is added, signs in, is disabled, and is out at once', async ({ open }) => {
  const page = await openStore(open, 'tablet');
  await page.getByTestId('users').click();
  await page.getByTestId('username').fill('hall');
  await page.getByTestId('new-user-password').fill('short');
  await page.getByTestId('add-user').click();
  await expect(page.getByTestId('new-user-password-error')).toBeVisible();
  await expect(page.getByTestId('user-hall')).toHaveCount(0);
  await page.getByTestId('new-user-password').fill('hall-password');
  await page.getByTestId('add-user').click();
  await expect(page.getByTestId('user-hall')).toBeVisible();
  const other = await open('phone');
  await adminLogin(other, 'hall', 'hall-password');
  await page.getByTestId('user-hall').getByTestId('turn-user').click();
  await expect(page.getByTestId('user-hall')).toContainText('사용 중지');
  await expect(other.getByTestId('login-form')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByTestId('user-admin').getByTestId('turn-user')).toHaveCount(0);
});

test('a wrong password of today is told at its field; with the right one this screen stays signed in', async ({ open }) => {
  const page = await openStore(open);
  await page.getByTestId('users').click();
  await page.getByTestId('current_password').fill('not-it-at-all');
  await page.getByTestId('new_password').fill('a-better-password');
  await page.getByTestId('change-password').click();
  await expect(page.getByTestId('current_password-error')).toBeVisible();
  await page.getByTestId('current_password').fill('admin123');
  await page.getByTestId('change-password').click();
  await expect(page.getByTestId('toast')).toContainText('바꿨어요');
  await page.reload();
  await expect(page.getByTestId('user-admin')).toBeVisible();
});

test('logging out everywhere ends the login on other screens', async ({ open }) => {
  const page = await openStore(open, 'phone');
  const other = await open('desktop');
  await adminLogin(other);
  await page.getByTestId('screen').click();
  await page.getByTestId('log-out-everywhere').click();
  await page.locator('dialog[open][data-testid="ask"]').getByTestId('ask-yes').click();
  await expect(page.getByTestId('login-form')).toBeVisible();
  await expect(other.getByTestId('login-form')).toBeVisible({ timeout: 20_000 });
});
