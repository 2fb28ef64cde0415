// The board, a table's drawer and what can be done from there; the kitchen's wall.
const SNAPSHOT = '**/api/admin/orders';
const open = (manager, number) => manager.at(`table-card-${number}`).locator('.table-open').click();
const drawer = (manager) => manager.at('drawer');

export const board = [
  {
    name: 'board-loading',
    async reach(manager) {
      await manager.signIn();
      await manager.hold(SNAPSHOT);
      await manager.page.goto('/admin/dashboard');
    },
    sign: (manager) => manager.at('board-skeleton'),
  },
  {
    name: 'board-failed',
    reach: (manager) => manager.lose(),
    sign: (manager) => manager.at('board-error'),
    leave: (manager) => manager.letGo(),
  },
  {
    name: 'board',
    async reach(manager) {
      // The page may have asked again by itself just then.
      await manager.at('board-error').locator('button').first().click({ timeout: 2_000 }).catch(() => undefined);
      await manager.at('queue-ticket').first().waitFor();
    },
    sign: (manager) => manager.page.locator('[data-testid="connection-badge"][data-state="live"]').first(),
  },
  {
    name: 'board-late',
    reach: (manager) => manager.at('filter-late').click(),
    sign: (manager) => manager.page.locator('[data-testid="filter-late"][aria-pressed="true"]'),
    leave: (manager) => manager.at('filter-all').click(),
  },
  {
    name: 'board-nothing-found',
    reach: (manager) => manager.at('search').fill('9999'),
    sign: (manager) => manager.at('no-match'),
    leave: (manager) => manager.at('search').fill(''),
  },
  { name: 'drawer', reach: (manager) => open(manager, '7'), sign: (manager) => drawer(manager).getByTestId('order-card').first() },
  {
    name: 'drawer-open-order',
    async reach(manager) {
      const card = manager.at('order-card').nth(1);
      await card.getByTestId('order-timeline').click();
      await card.getByTestId('order-more').click();
      await card.getByTestId('timeline').locator('li').nth(1).waitFor();
    },
    sign: (manager) => manager.at('recall-order'),
  },
  {
    name: 'order-delete',
    reach: (manager) => manager.at('delete-order').click(),
    sign: (manager) => manager.at('delete-dialog'),
    leave: (manager) => manager.escape('delete-dialog'),
  },
  {
    name: 'finish',
    reach: (manager) => manager.at('finish-table').click(),
    sign: (manager) => manager.at('finish-total'),
    leave: (manager) => manager.escape('finish-dialog'),
  },
  {
    name: 'move',
    reach: (manager) => manager.at('move-visit').click(),
    sign: (manager) => manager.at('move-to').first(),
    leave: (manager) => manager.escape('move-dialog'),
  },
  {
    name: 'past-loading',
    async reach(manager) {
      await manager.hold('**/history?*');
      await manager.at('past-visits').click();
    },
    sign: (manager) => manager.at('past-dialog').getByTestId('loading'),
  },
  {
    name: 'past-failed',
    reach: (manager) => manager.lose(),
    sign: (manager) => manager.at('load-error'),
    leave: (manager) => manager.letGo(),
  },
  {
    name: 'past-empty',
    reach: (manager) => manager.at('retry').click(),
    sign: (manager) => manager.at('past-empty'),
    leave: (manager) => manager.escape('past-dialog', 'drawer'),
  },
  { name: 'drawer-free', reach: (manager) => open(manager, '5'), sign: (manager) => manager.at('drawer-empty') },
  {
    name: 'past',
    async reach(manager) {
      await manager.at('past-visits').click();
      await manager.at('past-visit').first().locator('summary').first().click();
      await manager.at('past-visit').first().getByTestId('order-timeline').first().click();
    },
    sign: (manager) => manager.at('timeline').locator('li').first(),
    leave: (manager) => manager.escape('past-dialog', 'drawer'),
  },
  {
    name: 'login-ends',
    async reach(manager) {
      await manager.page.route('**/api/admin/auth/me', async (route) => {
        const answer = await route.fetch();
        const expires_at = new Date(Date.now() + 200_000).toISOString();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), expires_at } });
      });
      await manager.page.reload();
    },
    sign: (manager) => manager.at('login-ends'),
  },
  {
    name: 'login-stay',
    reach: (manager) => manager.at('stay').click(),
    sign: (manager) => manager.at('stay-dialog'),
    async leave(manager) {
      await manager.escape('stay-dialog');
      await manager.page.unroute('**/api/admin/auth/me');
    },
  },
  {
    name: 'reconnecting',
    async reach(manager) {
      await manager.page.route('**/api/admin/sse/orders*', (route) => route.abort());
      await manager.page.reload();
      await manager.at('tables').waitFor();
    },
    sign: (manager) => manager.page.locator('[data-testid="connection-badge"]:not([data-state="live"])').first(),
    leave: (manager) => manager.page.unroute('**/api/admin/sse/orders*'),
  },
  { name: 'kitchen', reach: (manager) => manager.page.goto('/admin/kitchen'), sign: (manager) => manager.at('kitchen-ticket').first() },
  { name: 'nowhere', reach: (manager) => manager.page.goto('/admin/nonsense'), sign: (manager) => manager.page.locator('.lone') },
];
