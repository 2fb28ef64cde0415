// Tables and their devices, the day's figures, the store.
export const house = [
  {
    name: 'rooms',
    async reach(manager) {
      await manager.signIn();
      await manager.page.goto('/admin/tables');
    },
    sign: (manager) => manager.at('room-7'),
  },
  { name: 'rooms-add', reach: (manager) => manager.at('add-table').click(), sign: (manager) => manager.at('add-dialog') },
  {
    name: 'rooms-add-fault',
    reach: (manager) => manager.at('create-tables').click(),
    sign: (manager) => manager.at('table_number-error'),
    leave: (manager) => manager.escape('add-dialog'),
  },
  {
    name: 'room',
    async reach(manager) {
      await manager.at('room-7').locator('button').click();
      await manager.at('device').first().waitFor();
    },
    sign: (manager) => manager.at('room-drawer'),
    leave: (manager) => manager.at('drawer-close').click(),
  },
  {
    name: 'room-free',
    async reach(manager) {
      await manager.at('room-12').locator('button').click();
      await manager.at('no-devices').waitFor();
    },
    sign: (manager) => manager.at('delete-table'),
  },
  {
    name: 'room-delete',
    reach: (manager) => manager.at('delete-table').click(),
    sign: (manager) => manager.at('ask').filter({ visible: true }),
    async leave(manager) {
      await manager.page.locator('dialog[open] [data-testid="ask-no"]').click();
      await manager.at('drawer-close').click();
    },
  },
  { name: 'setup-cards', reach: (manager) => manager.at('print-cards').click(), sign: (manager) => manager.at('setup-card').first() },
  {
    name: 'today',
    async reach(manager) {
      await manager.go('/today');
      await manager.at('day-sales').waitFor();
    },
    sign: (manager) => manager.at('top-dishes'),
  },
  {
    name: 'today-table',
    async reach(manager) {
      await manager.at('hours-table').click();
      await manager.at('hours-table').scrollIntoViewIfNeeded();
    },
    sign: (manager) => manager.page.locator('.chart .tbl').first(),
  },
  { name: 'today-empty', reach: (manager) => manager.page.locator('#day').fill('2020-01-01'), sign: (manager) => manager.at('day-empty') },
  {
    name: 'store',
    reach: (manager) => manager.go('/store'),
    sign: (manager) => manager.at('save-store'),
  },
  {
    name: 'store-fault',
    async reach(manager) {
      await manager.at('late_after_minutes').fill('2');
      await manager.at('save-store').click();
    },
    sign: (manager) => manager.at('late_after_minutes-error'),
  },
  { name: 'users', reach: (manager) => manager.at('users').click(), sign: (manager) => manager.at('user-locked') },
  {
    name: 'user-reset',
    reach: (manager) => manager.at('user-locked').getByTestId('reset-password').click(),
    sign: (manager) => manager.at('save-reset'),
  },
  { name: 'audit', reach: (manager) => manager.at('audit').click(), sign: (manager) => manager.at('audit-entry').first() },
  {
    name: 'audit-empty',
    reach: (manager) => manager.page.locator('#audit-entity').selectOption('image'),
    sign: (manager) => manager.at('audit-empty'),
  },
  { name: 'this-screen', reach: (manager) => manager.at('screen').click(), sign: (manager) => manager.at('log-out-everywhere') },
  {
    name: 'everywhere',
    reach: (manager) => manager.at('log-out-everywhere').click(),
    sign: (manager) => manager.at('ask').filter({ visible: true }),
  },
];
