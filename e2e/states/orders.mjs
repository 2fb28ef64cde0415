// What was ordered: before the first order, and after many.
const LIST = '**/api/orders?*';

export const noOrders = [
  {
    name: 'orders-loading',
    async reach(guest) {
      await guest.hold(LIST);
      await guest.page.goto('/orders');
    },
    sign: (guest) => guest.page.locator('.orders[aria-busy]'),
  },
  {
    name: 'orders-failed',
    reach: (guest) => guest.lose(),
    sign: (guest) => guest.at('retry'),
    leave: (guest) => guest.letGo(),
  },
  {
    name: 'orders-empty',
    // The page may have asked again by itself just then.
    reach: (guest) => guest.at('retry').click({ timeout: 2_000 }).catch(() => undefined),
    sign: (guest) => guest.at('empty'),
  },
];

// The three newest differ in their status.
async function progress({ server, tables: [table] }) {
  const status = (place) => `(ARRAY['pending', 'preparing', 'completed'])[${place}]`;
  await server.sql(
    `UPDATE orders SET status = ${status('newest.place')} FROM (
       SELECT o.id, row_number() OVER (ORDER BY o.created_at DESC, o.id DESC) AS place
       FROM orders o JOIN tables t ON t.id = o.table_id
       WHERE t.table_number = $1 AND t.store_id = (SELECT id FROM stores WHERE code = 'demo')
     ) AS newest WHERE newest.id = orders.id AND newest.place <= 3`,
    [table],
  );
}

export const orders = [
  {
    name: 'orders',
    async reach(guest) {
      await guest.order(2, '떡갈비');
      await progress(guest);
      await guest.page.goto('/orders');
    },
    sign: (guest) => guest.page.locator('[data-testid="order-card"][data-status="completed"]'),
  },
  {
    name: 'orders-many',
    async reach(guest) {
      await guest.order(20, '떡갈비');
      await guest.page.reload();
      await guest.at('orders-more').scrollIntoViewIfNeeded();
    },
    sign: (guest) => guest.at('orders-more'),
  },
];
