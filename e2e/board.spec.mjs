// The board beyond an order's way: how tables are sorted, and what an order's record says.
import { addDish, adminLogin, expect, placeOrder, tableLogin, test } from './support/test.mjs';

test('tables are sorted as the manager likes, and stay so on this screen', async ({ open, server }) => {
  const board = await open('desktop', { reducedMotion: 'reduce' });
  for (const [table, dishes] of [['2', ['소불고기', '해물파전']], ['5', ['해물파전']]]) {
    const tablet = await open('tablet');
    await tableLogin(tablet, table);
    for (const dish of dishes) await addDish(tablet, dish);
    await placeOrder(tablet);
  }
  await server.sql(`UPDATE orders SET created_at = created_at - interval '20 minutes' WHERE table_id = (SELECT id FROM tables WHERE table_number = '5' AND store_id = orders.store_id)`);
  await adminLogin(board);
  const first = () => board.locator('.tables > li').first().locator('[data-testid^="table-card-"]').getAttribute('data-testid');
  await expect.poll(first).toBe('table-card-1');
  for (const [sort, expected] of [['wait', '5'], ['newest', '5'], ['total', '2'], ['number', '1'], ['total', '2']]) {
    await board.getByTestId('sort').selectOption(sort);
    await expect.poll(first, sort).toBe(`table-card-${expected}`);
  }
  await board.reload();
  await expect(board.getByTestId('sort')).toHaveValue('total');
  await expect.poll(first).toBe('table-card-2');
});

test('an order tells who did what and when, also when it is past', async ({ open }) => {
  const board = await open('desktop', { reducedMotion: 'reduce' });
  const tablet = await open('tablet');
  await tableLogin(tablet, '3');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  await adminLogin(board);
  await board.getByTestId('table-card-3').locator('.table-open').click();
  const card = board.getByTestId('order-card');
  await card.getByTestId('next-status').click();
  await expect(card.getByTestId('order-status')).toHaveAttribute('data-status', 'preparing');
  await card.getByTestId('order-more').click();
  await card.getByTestId('recall-order').click();
  await expect(card.getByTestId('order-status')).toHaveAttribute('data-status', 'pending');
  await card.getByTestId('order-timeline').click();
  const steps = card.getByTestId('timeline').locator('li');
  await expect(steps).toHaveCount(3);
  await expect(steps.first()).not.toContainText('admin');
  await expect(steps.nth(1)).toContainText('준비중');
  await expect(steps.nth(1)).toContainText('admin');
  await expect(steps.nth(1)).toContainText(/\d\d:\d\d/);
  await board.getByTestId('finish-table').click();
  await board.getByTestId('finish-yes').click();
  await board.getByTestId('table-card-3').locator('.table-open').click();
  await board.getByTestId('past-visits').click();
  const past = board.getByTestId('past-visit');
  await past.locator('summary').first().click();
  await past.getByTestId('order-timeline').click();
  await expect(past.getByTestId('timeline').locator('li')).toHaveCount(3);
});

test('a table with a long name keeps the board and the kitchen within a narrow screen', async ({ open, server }) => {
  const { tables } = await server.manage('GET', '/tables?limit=100');
  for (const [number, name] of [['3', 'Conservatory Terrace'], ['4', '이층테라스창가단체석자리']]) {
    const tablet = await open('tablet');
    await tableLogin(tablet, number);
    await addDish(tablet, '해물파전');
    await placeOrder(tablet);
    await server.manage('PUT', `/tables/${tables.find((table) => table.table_number === number).id}`, { table_number: name });
  }
  const board = await open('narrow', { reducedMotion: 'reduce' });
  await adminLogin(board);
  const width = () => board.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await expect(board.getByTestId('queue-ticket').first()).toContainText('Conservatory Terrace');
  expect(await width(), 'the board').toBeLessThanOrEqual(0);
  await board.getByTestId('table-card-Conservatory Terrace').locator('.table-open').click();
  expect(await width(), 'the drawer').toBeLessThanOrEqual(0);
  await board.goto('/admin/kitchen');
  await expect(board.getByTestId('kitchen-ticket').first()).toContainText('Conservatory Terrace');
  expect(await width(), 'the kitchen').toBeLessThanOrEqual(0);
  await board.screenshot({ path: 'test-results/long-kitchen.png' });
});
