// Two people, or two tabs, at the same thing: nobody's work is lost, nothing is done twice, no page breaks.
import { addDish, adminLogin, dish, expect, openManaged, placeOrder, tableLogin, test } from './support/test.mjs';

const row = (page, name) => page.locator(`[data-testid="dish-row"][data-dish="${name}"]`);
const question = (page) => page.locator('dialog[open][data-testid="ask"]');

async function menuOf(server, name) {
  const { menus } = await server.manage('GET', '/menus');
  return menus.find((menu) => menu.name === name);
}

test('a question goes with the page that asked it, and yes counts once', async ({ open }) => {
  const page = await openManaged(open, 'tables', 'rooms');
  await page.getByTestId('room-6').locator('button').click();
  await page.getByTestId('delete-table').click();
  await expect(question(page)).toBeVisible();
  await page.goBack();
  await expect(question(page)).toBeHidden();
  await expect(page.getByTestId('room-drawer')).toBeHidden();

  const tablet = await open('tablet');
  await tableLogin(tablet, '6');
  await page.getByTestId('room-6').locator('button').click();
  await page.getByTestId('revoke').click();
  // Faster than any finger.
  await question(page).getByTestId('ask-yes').evaluate((yes) => { yes.click(); yes.click(); });
  await expect(page.getByTestId('no-devices')).toBeVisible();
});

test('a question outlives a change of the list by somebody else', async ({ open, server }) => {
  const page = await openManaged(open, 'menus', 'menu-list');
  await server.manage('POST', '/categories', { name: '여름 메뉴' });
  await page.getByTestId('categories').click();
  const category = page.locator('[data-category="여름 메뉴"]');
  await category.getByTestId('category-delete').click();
  const { id } = await menuOf(server, '잡채');
  await server.manage('PUT', `/menus/${id}`, { is_available: false });
  await expect(row(page, '잡채')).toContainText('품절');
  await question(page).getByTestId('ask-yes').click();
  await expect(category).toHaveCount(0);
});

test('a form that was open while somebody else changed the dish writes only what was typed', async ({ open, server }) => {
  const page = await openManaged(open, 'menus', 'menu-list');
  const { id, price } = await menuOf(server, '잡채');
  await row(page, '잡채').getByTestId('dish-open').click();
  await server.manage('PUT', `/menus/${id}`, { price: price + 2000, is_available: false });
  await page.locator('#description').fill('당면과 채소를 볶았어요');
  await page.getByTestId('save-dish').click();
  await expect(page.getByTestId('dish-drawer')).toBeHidden();
  const after = await menuOf(server, '잡채');
  expect([after.price, after.is_available, after.description]).toEqual([price + 2000, false, '당면과 채소를 볶았어요']);
});

test('a question about one party never becomes one about the next', async ({ open, server }) => {
  const board = await open('desktop');
  const tablet = await open('tablet');
  await tableLogin(tablet, '3');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  await adminLogin(board);
  const [{ id }] = (await server.manage('GET', '/tables?limit=100')).tables.filter((table) => table.table_number === '3');
  for (const [act, dialog] of [['finish-table', 'finish-dialog'], ['move-visit', 'move-dialog']]) {
    await board.getByTestId('table-card-3').locator('.table-open').click();
    await board.getByTestId(act).click();
    await expect(board.getByTestId(dialog)).toBeVisible();
    await server.manage('POST', `/tables/${id}/complete`);
    await expect(board.getByTestId(dialog)).toBeHidden();
    await expect(board.getByTestId('toast').last()).toContainText('다른 화면에서 먼저');
    await board.getByTestId('drawer-close').click();
    await expect(dish(tablet, '해물파전')).toBeVisible();
    await addDish(tablet, '해물파전');
    await placeOrder(tablet);
    await expect(board.getByTestId('table-card-3')).toContainText('해물파전');
  }
});

test('a double click moves one order one step', async ({ open, server }) => {
  const board = await open('desktop', { reducedMotion: 'reduce' });
  for (const table of ['3', '4']) {
    const tablet = await open('tablet');
    await tableLogin(tablet, table);
    await addDish(tablet, '해물파전');
    await placeOrder(tablet);
  }
  await adminLogin(board);
  await expect(board.getByTestId('queue-ticket')).toHaveCount(2);
  await board.getByTestId('queue-ticket').first().getByTestId('next-status').dblclick({ delay: 80 });
  await expect(board.getByTestId('queue-ticket')).toHaveCount(1);
  await board.waitForTimeout(500);
  const statuses = (await server.sql('SELECT status FROM orders ORDER BY created_at')).map((order) => order.status);
  expect(statuses).toEqual(['preparing', 'pending']);
});

test('another store in another tab: this tab shows it, and nothing of the first', async ({ open, server }) => {
  const board = await open('desktop');
  await adminLogin(board);
  await expect(board.getByTestId('table-card-12')).toBeVisible();
  const other = await board.context().newPage();
  const data = { store: 'demo2', username: 'admin', password: 'admin456' };
  const login = await other.request.post('/api/auth/admin-login', { data, headers: { Origin: server.url } });
  expect(login.ok()).toBe(true);
  // As the login page does: what it keeps for the next time tells the other tabs.
  await other.goto('/admin/');
  await other.evaluate(() => localStorage.setItem('tableorder.admin.store', '"demo2"'));
  const { store } = await login.json();
  await expect(board.getByTestId('store-name')).toHaveText(store.name);
  await expect(board.getByTestId('tables')).toBeVisible();
  await expect(board.getByTestId('table-card-12')).toHaveCount(0);
});

test('two tabs at one table have one cart, which is ordered once', async ({ open, server }) => {
  const first = await open('tablet');
  await tableLogin(first, '1');
  const second = await first.context().newPage();
  await second.goto('/');
  await expect(dish(second, '해물파전')).toBeVisible();
  await addDish(first, '해물파전');
  await expect(second.getByTestId('cart-line')).toHaveCount(1);
  await placeOrder(first);
  await expect(second.getByTestId('cart-line')).toHaveCount(0);
  expect((await server.sql('SELECT count(*)::int FROM orders'))[0].count).toBe(1);
});

test('undo takes back one\'s own step, not what another screen has done since', async ({ open, server }) => {
  const board = await open('desktop', { reducedMotion: 'reduce' });
  const tablet = await open('tablet');
  await tableLogin(tablet, '3');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  await adminLogin(board);
  await board.getByTestId('queue-ticket').getByTestId('next-status').click();
  const undo = board.getByTestId('toast-action');
  await expect(undo).toBeVisible();
  const [{ id }] = await server.sql('SELECT id FROM orders');
  await server.manage('PUT', `/orders/${id}/status`, { status: 'completed' });
  await undo.click();
  await expect(board.getByTestId('toast').last()).toContainText('다른 화면에서 먼저');
  expect(await server.sql('SELECT status FROM orders')).toEqual([{ status: 'completed' }]);
});
