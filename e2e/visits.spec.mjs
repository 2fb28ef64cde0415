// A table's party from the manager's side: its bill, another seat, the end, and what stays of it.
import { addDish, adminLogin, dish, expect, placeOrder, tableLogin, test } from './support/test.mjs';

async function openTable(board, number) {
  await board.getByTestId(`table-card-${number}`).locator('.table-open').click();
  await expect(board.getByTestId('drawer')).toBeVisible();
}

test('a table is finished from its drawer, and its visit is found in the past', async ({ open }) => {
  const board = await open('desktop');
  const tablet = await open('tablet');
  await adminLogin(board);
  await tableLogin(tablet, '3');
  await addDish(tablet, '해물파전');
  const number = await placeOrder(tablet);
  await tablet.getByTestId('placed-see').click();

  await openTable(board, '3');
  await board.getByTestId('finish-table').click();
  const question = board.getByTestId('finish-dialog');
  await expect(question.getByTestId('finish-left')).toContainText('1건');
  await expect(question).toContainText('해물파전');
  const total = await question.getByTestId('finish-total').textContent();
  // Enter on the heading presses nothing.
  await board.keyboard.press('Enter');
  await question.getByTestId('finish-yes').click();
  await expect(question).toBeHidden();
  await expect(board.getByTestId('drawer')).toBeHidden();
  await expect(board.getByTestId('toast')).toContainText(total.trim());
  await expect(board.getByTestId('table-card-3')).toHaveClass(/idle/);
  await expect(tablet.getByTestId('order-card')).toHaveCount(0);

  await openTable(board, '3');
  await expect(board.getByTestId('drawer-empty')).toBeVisible();
  await expect(board.getByTestId('finish-table')).toHaveCount(0);
  await board.getByTestId('past-visits').click();
  const past = board.getByTestId('past-dialog');
  await expect(past.getByTestId('past-sum')).toContainText(total.trim());
  await past.getByTestId('past-visit').locator('summary').first().click();
  await expect(past.getByTestId('past-visit')).toContainText(number);
  // A range without visits says so, and no range shows them again.
  await past.getByTestId('past-to').fill('2020-01-01');
  await expect(past.getByTestId('past-empty')).toBeVisible();
  await past.getByTestId('past-to').fill('');
  await expect(past.getByTestId('past-visit')).toHaveCount(1);
  await past.getByTestId('dialog-close').click();
  await expect(past).toBeHidden();
  await expect(board.getByTestId('drawer')).toBeVisible();
});

test('a party moves, and its orders with it', async ({ open }) => {
  const board = await open('tablet');
  const tablet = await open('tablet');
  await adminLogin(board);
  await tableLogin(tablet, '4');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  await tablet.getByTestId('placed-see').click();
  await expect(tablet.getByTestId('order-card')).toHaveCount(1);
  await tablet.getByTestId('call-staff').click();
  await tablet.getByTestId('call-water').click();
  const call = board.getByTestId('call-card');
  await expect(call).toContainText('4번');
  await openTable(board, '4');
  const total = await board.getByTestId('drawer-total').textContent();
  await board.getByTestId('move-visit').click();
  await board.getByTestId('move-to').filter({ hasText: '5번' }).click();
  await expect(board.getByTestId('drawer').locator('h2')).toContainText('5번');
  await expect(board.getByTestId('drawer-total')).toHaveText(total);
  await board.getByTestId('drawer-close').click();
  await expect(call).toContainText('5번');
  await expect(board.getByTestId('queue-ticket').locator('.ticket-no')).toContainText('5');
  // The next guest at the old table sees nothing of it.
  await expect(tablet.getByTestId('order-card')).toHaveCount(0);
  await expect(dish(tablet, '해물파전')).toBeVisible();
  await expect(board.getByTestId('table-card-4')).toHaveClass(/idle/);
  await expect(board.getByTestId('table-card-5')).toContainText('해물파전');
});

test('the drawer is part of the address: back closes it, reload keeps it', async ({ open }) => {
  const board = await open('desktop');
  await adminLogin(board);
  await openTable(board, '7');
  await expect(board).toHaveURL(/dashboard\?open=7$/);
  await board.getByTestId('past-visits').click();
  await expect(board.getByTestId('past-empty')).toBeVisible();
  await board.reload();
  await expect(board.getByTestId('past-empty')).toBeVisible();
  await board.goBack();
  await expect(board.getByTestId('past-dialog')).toBeHidden();
  await expect(board.getByTestId('drawer')).toBeVisible();
  await board.goBack();
  await expect(board.getByTestId('drawer')).toBeHidden();
  await expect(board.getByTestId('tables')).toBeVisible();
});

test('what another screen has finished is told, not an error', async ({ open, server }) => {
  const board = await open('desktop');
  const tablet = await open('tablet');
  await adminLogin(board);
  await tableLogin(tablet, '6');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  await openTable(board, '6');
  await board.getByTestId('finish-table').click();
  await board.route('**/complete', async (route) => {
    await route.fetch();
    await route.continue();
  });
  await board.getByTestId('finish-yes').click();
  await expect(board.getByTestId('toast')).toContainText('이용 중인 손님이 없는');
  expect((await server.sql('SELECT count(*)::int FROM order_history'))[0].count).toBe(1);
});

test('past visits that cannot be fetched are asked for again', async ({ open }) => {
  const board = await open('phone');
  await adminLogin(board);
  await openTable(board, '2');
  await board.route('**/history*', (route) => route.abort());
  await board.getByTestId('past-visits').click();
  await expect(board.getByTestId('load-error')).toContainText('인터넷');
  await board.unroute('**/history*');
  await board.getByTestId('retry').click();
  await expect(board.getByTestId('past-empty')).toBeVisible();
});

test('the end of the login is told before it comes, and put off with the password', async ({ open, server }) => {
  const board = await open('desktop');
  await adminLogin(board);
  await board.route('**/api/admin/auth/me', async (route) => {
    const answer = await route.fetch();
    const me = await answer.json();
    await route.fulfill({ response: answer, json: { ...me, expires_at: new Date(Date.now() + 200_000).toISOString() } });
  });
  await board.goto(`${server.url}/admin/dashboard?open=7`);
  await expect(board.getByTestId('drawer')).toBeVisible();
  await board.getByTestId('drawer-close').click();
  await expect(board.getByTestId('login-ends')).toContainText('4분');
  await board.getByTestId('stay').click();
  const dialog = board.getByTestId('stay-dialog');
  await dialog.getByTestId('password').fill('not-the-password');
  await dialog.locator('button[type=submit]').click();
  await expect(dialog.locator('.error')).toContainText('비밀번호가 맞지 않아요');
  await dialog.getByTestId('password').fill('admin123');
  await dialog.getByTestId('password').press('Enter');
  await expect(dialog).toBeHidden();
  await expect(board.getByTestId('login-ends')).toHaveCount(0);
});

test('after signing in again one is where one was', async ({ open, server }) => {
  const board = await open('desktop');
  await board.goto(`${server.url}/admin/dashboard?open=7`);
  await expect(board).toHaveURL(/\/login$/);
  await board.getByTestId('languages').getByText('English').click();
  await expect(board.getByTestId('login-submit')).toHaveText('Log in');
  await board.getByTestId('languages').getByText('한국어').click();
  await board.getByTestId('store').fill('demo');
  await board.getByTestId('username').fill('admin');
  await board.getByTestId('password').fill('admin123');
  await board.getByTestId('login-submit').click();
  await expect(board.getByTestId('drawer')).toBeVisible();
  await expect(board).toHaveURL(/dashboard\?open=7$/);
});
