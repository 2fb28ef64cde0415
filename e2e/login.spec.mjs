// Signing in, staying signed in, and what is said when it does not work.
import { addDish, adminLogin, expect, tableLogin, test } from './support/test.mjs';

test('wrong passwords are told apart from a lock, and the lock says how long', async ({ open }) => {
  const tablet = await open('tablet');
  await tablet.goto('/');
  const form = tablet.getByTestId('login-form');
  await form.locator('#login-store').fill('demo');
  await form.locator('#login-table').fill('9');
  for (let tries = 1; tries <= 5; tries += 1) {
    await form.locator('#login-password').fill('wrong-password');
    await tablet.getByTestId('login-submit').click();
    await expect(tablet.getByTestId('login-password-error')).toContainText(tries < 5 ? '맞지 않' : '15분');
  }
  await form.locator('#login-password').fill('TABLE009');
  await tablet.getByTestId('login-submit').click();
  await expect(tablet.getByTestId('login-password-error')).toContainText('분');
});

test('a tablet signs itself in again after a restart and after its token has ended', async ({ open }) => {
  const tablet = await open('tablet');
  await tableLogin(tablet, '10');
  const context = tablet.context();
  // The 16-hour token is gone; the long-lived credential is still there.
  await context.clearCookies({ name: 'tableorder_table' });
  await tablet.goto('/');
  await expect(tablet.getByTestId('categories')).toBeVisible();
  await addDish(tablet, '해물파전');
  // A token that ends while the page is open does not lose the cart or the way back.
  await context.clearCookies({ name: 'tableorder_table' });
  await tablet.getByTestId('order-button').first().click();
  await tablet.getByTestId('confirm-order').click();
  await expect(tablet.getByTestId('order-number')).toBeVisible();
});

test('whoever opens a tablet whose login ended reads so, until somebody signs in; staff who signed it out do not', async ({ open, server }) => {
  const tablet = await open('tablet');
  await tableLogin(tablet, '8');
  const { tables } = await server.manage('GET', '/tables');
  const { devices } = await server.manage('GET', `/tables/${tables.find((one) => one.table_number === '8').id}/devices`);
  for (const device of devices) await server.manage('DELETE', `/devices/${device.id}`);
  const notice = tablet.getByTestId('login-expired');
  await expect(notice).toBeVisible();
  await tablet.reload();
  await expect(notice).toBeVisible();
  await tableLogin(tablet, '8');

  const number = tablet.getByTestId('table-number');
  await number.hover();
  await tablet.mouse.down();
  await expect(tablet.getByTestId('sign-out')).toBeVisible();
  await tablet.mouse.up();
  await tablet.locator('#sign-out-password').fill('TABLE008');
  await tablet.getByTestId('sign-out-submit').click();
  await expect(tablet.getByTestId('login-form')).toBeVisible();
  await expect(notice).toBeHidden();
  await tablet.reload();
  await expect(tablet.getByTestId('login-form')).toBeVisible();
  await expect(notice).toBeHidden();
});

test('both apps work side by side in one browser', async ({ open }) => {
  const tablet = await open('desktop');
  await tableLogin(tablet, '11');
  const board = await tablet.context().newPage();
  await adminLogin(board);
  await tablet.reload();
  await expect(tablet.getByTestId('categories')).toBeVisible();
  await board.reload();
  await expect(board.getByTestId('tables')).toBeVisible();
  await board.getByTestId('log-out').click();
  await expect(board.getByTestId('login-form')).toBeVisible();
  await tablet.reload();
  await expect(tablet.getByTestId('categories')).toBeVisible();
});

test('a manager of another store sees nothing of this one', async ({ open, server }) => {
  const tablet = await open('tablet');
  await tableLogin(tablet, '12');
  await addDish(tablet, '해물파전');
  await tablet.getByTestId('order-button').first().click();
  await tablet.getByTestId('confirm-order').click();
  await expect(tablet.getByTestId('order-number')).toBeVisible();
  const board = await open('desktop');
  await board.goto('/admin/');
  await board.getByTestId('store').fill('demo2');
  await board.getByTestId('username').fill('admin');
  await board.getByTestId('password').fill('admin456');
  await board.getByTestId('login-submit').click();
  await expect(board.getByTestId('table-card-1')).toBeVisible();
  await expect(board.getByTestId('queue-ticket')).toHaveCount(0);
  expect((await server.sql('SELECT count(*)::int FROM orders'))[0].count).toBe(1);
});
