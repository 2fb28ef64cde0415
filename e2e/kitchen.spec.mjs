// The kitchen's wall: the same events, one tap further, one tap back.
import { addDish, adminLogin, expect, placeOrder, tableLogin, test } from './support/test.mjs';

test('an order is bumped to the end and called back; both screens agree', async ({ open }) => {
  const kitchen = await open('tablet');
  await adminLogin(kitchen);
  await kitchen.getByTestId('nav-kitchen').click();
  await expect(kitchen.getByTestId('kitchen-empty')).toBeVisible();
  const board = await open('desktop');
  await adminLogin(board);
  const tablet = await open('tablet');
  await tableLogin(tablet, '7');
  await addDish(tablet, '해물파전');
  const number = await placeOrder(tablet);
  const ticket = kitchen.locator(`[data-testid="kitchen-ticket"][data-order="${number}"]`);
  await expect(ticket).toContainText('해물파전');
  await expect(kitchen.getByTestId('all-day')).toContainText('해물파전 1');
  await ticket.getByTestId('bump').click();
  await expect(ticket.getByTestId('order-status')).toHaveAttribute('data-status', 'preparing');
  await expect(board.getByTestId('table-card-7').getByTestId('next-status')).toBeVisible();
  await ticket.getByTestId('bump').click();
  await expect(ticket).toHaveCount(0);
  await kitchen.getByTestId('recall-last').click();
  await expect(ticket.getByTestId('order-status')).toHaveAttribute('data-status', 'preparing');
  await kitchen.getByTestId('kitchen-filter').nth(1).click();
  await expect(ticket).toHaveCount(0);
  await kitchen.getByTestId('kitchen-filter').nth(2).click();
  await expect(ticket).toBeVisible();
  // A wall tablet that starts again is where it was.
  await kitchen.reload();
  await expect(ticket).toBeVisible();
});

test('a kitchen that loses the server says so, and shows what came meanwhile', async ({ open, server }) => {
  const kitchen = await open('tablet');
  await adminLogin(kitchen);
  await kitchen.getByTestId('nav-kitchen').click();
  await expect(kitchen.getByTestId('connection-badge')).toHaveAttribute('data-state', 'live');
  await server.kill();
  await expect(kitchen.getByTestId('connection-badge')).not.toHaveAttribute('data-state', 'live');
  await server.serve();
  const tablet = await open('tablet');
  await tableLogin(tablet, '3');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  await expect(kitchen.getByTestId('kitchen-ticket')).toHaveCount(1, { timeout: 40_000 });
  await expect(kitchen.getByTestId('connection-badge')).toHaveAttribute('data-state', 'live', { timeout: 40_000 });
});
