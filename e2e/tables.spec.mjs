// Setting tables up: numbers, passwords, devices, cards to print.
import { addDish, expect, openManaged, placeOrder, tableLogin, test } from './support/test.mjs';

const openTables = (open, size) => openManaged(open, 'tables', 'rooms', size);

test('a range of tables is created, and a tablet signs in with the password that is shown once', async ({ open }) => {
  const page = await openTables(open);
  await page.getByTestId('add-table').click();
  const dialog = page.getByTestId('add-dialog');
  await dialog.getByTestId('create-tables').click();
  await expect(dialog.getByTestId('table_number-error')).toBeVisible();
  await dialog.getByTestId('table_number').fill('20');
  await dialog.getByTestId('last_number').fill('x');
  await dialog.getByTestId('create-tables').click();
  await expect(dialog.getByTestId('last_number-error')).toBeVisible();
  await dialog.getByTestId('last_number').fill('22');
  await dialog.getByTestId('create-tables').click();
  await expect(dialog).toBeHidden();
  for (const number of ['20', '21', '22']) await expect(page.getByTestId(`room-${number}`)).toBeVisible();

  await page.getByTestId('print-cards').click();
  const card = page.getByTestId('setup-card').filter({ hasText: '21번' });
  await expect(card.locator('svg path')).toHaveAttribute('d', /^M/);
  const password = (await card.locator('.secret').textContent()).trim();
  expect(password).toMatch(/^[A-Z2-9]{10}$/);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('nav-tables')).toBeHidden();
  await expect(card).toBeVisible();
  await page.emulateMedia({ media: 'screen' });

  const tablet = await open('tablet');
  await tableLogin(tablet, '21', password);
  await page.getByTestId('cards-back').click();
  await page.getByTestId('room-21').locator('button').click();
  const drawer = page.getByTestId('room-drawer');
  await expect(drawer.getByTestId('device')).toHaveCount(1);
  await drawer.getByTestId('revoke').click();
  await page.getByTestId('ask-yes').click();
  await expect(drawer.getByTestId('no-devices')).toBeVisible();
  await expect(tablet.getByTestId('login-form')).toBeVisible();
  // Once the page is left, nobody can look the password up.
  await page.reload();
  await expect(page.getByTestId('room-drawer')).toBeVisible();
  await expect(page.getByTestId('fresh-password')).toHaveCount(0);
});

test('a table gets another number and another password; a number that exists is refused at its field', async ({ open }) => {
  const page = await openTables(open);
  await page.getByTestId('room-12').locator('button').click();
  const drawer = page.getByTestId('room-drawer');
  await drawer.getByTestId('table_number').fill('11');
  await drawer.getByTestId('save-number').click();
  await expect(page.getByTestId('toast-error')).toContainText('이미 있는 이름');
  await drawer.getByTestId('table_number').fill('룸 1');
  await drawer.getByTestId('save-number').click();
  await expect(drawer.locator('h2')).toContainText('룸 1');
  await expect(page).toHaveURL(/open=%EB%A3%B8%201$/);
  await drawer.getByTestId('password').fill('short');
  await drawer.getByTestId('save-password').click();
  await expect(drawer.getByTestId('password-error')).toBeVisible();
  await drawer.getByTestId('invent-password').click();
  await drawer.getByTestId('save-password').click();
  const password = await drawer.getByTestId('fresh-password').locator('.secret').textContent();
  const tablet = await open('tablet');
  await tableLogin(tablet, '룸 1', password);
});

test('a table in use is not deleted, a free one is after a question', async ({ open }) => {
  const page = await openTables(open, 'phone');
  const tablet = await open('tablet');
  await tableLogin(tablet, '5');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  await expect(page.getByTestId('room-5')).toContainText('이용 중');
  await page.getByTestId('room-5').locator('button').click();
  await expect(page.getByTestId('delete-table')).toHaveCount(0);
  await page.getByTestId('drawer-close').click();
  await page.getByTestId('room-6').locator('button').click();
  await page.getByTestId('delete-table').click();
  await expect(page.locator('dialog[open][data-testid="ask"]')).toContainText('6번');
  await page.getByTestId('ask-yes').click();
  await expect(page.getByTestId('room-6')).toHaveCount(0);
  await expect(page.getByTestId('room-drawer')).toBeHidden();
});
