// The menu's page: dishes, categories, many at once, the sheet.
const row = (manager, name) => manager.page.locator(`[data-testid="dish-row"][data-dish="${name}"]`);
const file = (text) => ({ name: 'menus.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

export const menu = [
  {
    name: 'menu-loading',
    async reach(manager) {
      await manager.signIn();
      await manager.hold('**/api/admin/menus');
      await manager.page.goto('/admin/menus');
    },
    sign: (manager) => manager.at('loading'),
  },
  {
    name: 'menu-failed',
    reach: (manager) => manager.lose(),
    sign: (manager) => manager.at('load-error'),
    leave: (manager) => manager.letGo(),
  },
  {
    name: 'dishes',
    async reach(manager) {
      await manager.at('retry').click();
      await row(manager, '잡채').waitFor();
    },
    sign: (manager) => manager.at('menu-list'),
  },
  {
    name: 'dishes-nothing-found',
    reach: (manager) => manager.at('search').fill('없는 메뉴'),
    sign: (manager) => manager.at('nothing-found'),
    leave: (manager) => manager.at('search').fill(''),
  },
  { name: 'dish', reach: (manager) => row(manager, '비빔밥').getByTestId('dish-open').click(), sign: (manager) => manager.at('preview') },
  {
    name: 'dish-options',
    async reach(manager) {
      const details = await manager.at('dish-drawer').locator('details').all();
      for (const closed of details) await closed.evaluate((one) => { one.open = true; });
      await manager.at('add-group').scrollIntoViewIfNeeded();
    },
    sign: (manager) => manager.at('group').first(),
  },
  {
    name: 'dish-faults',
    async reach(manager) {
      await manager.page.locator('#name').fill('');
      await manager.page.locator('#price').fill('무료');
      await manager.at('save-dish').click();
      await manager.at('price-error').scrollIntoViewIfNeeded();
    },
    sign: (manager) => manager.at('name-error'),
  },
  {
    name: 'dish-leave',
    reach: (manager) => manager.at('cancel-dish').click(),
    sign: (manager) => manager.at('ask').filter({ visible: true }),
    async leave(manager) {
      await manager.page.locator('dialog[open] [data-testid="ask-yes"]').click();
      await manager.at('dish-drawer').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'categories',
    reach: (manager) => manager.at('categories').click(),
    sign: (manager) => manager.at('category').first(),
  },
  {
    name: 'category-edit',
    reach: (manager) => manager.at('category-edit').first().click(),
    sign: (manager) => manager.at('save-category'),
    leave: (manager) => manager.escape('categories-dialog'),
  },
  { name: 'bulk-none', reach: (manager) => manager.at('bulk').click(), sign: (manager) => manager.at('bulk-bar') },
  {
    name: 'bulk-chosen',
    reach: (manager) => manager.at('bulk-all').first().click(),
    sign: (manager) => manager.page.locator('.tick:checked').first(),
  },
  {
    name: 'bulk-prices',
    async reach(manager) {
      await manager.at('bulk-open').click();
      await manager.at('act').selectOption('raise');
      await manager.at('by').fill('5');
      await manager.at('unit').selectOption('percent');
    },
    sign: (manager) => manager.at('bulk-preview'),
  },
  {
    name: 'bulk-fault',
    async reach(manager) {
      await manager.at('by').fill('');
      await manager.at('bulk-apply').click();
    },
    sign: (manager) => manager.at('by-error'),
    async leave(manager) {
      await manager.escape('bulk-dialog');
      await manager.at('bulk-end').click();
    },
  },
  { name: 'sheet', reach: (manager) => manager.at('sheet').click(), sign: (manager) => manager.at('sheet-out') },
  {
    name: 'sheet-faults',
    reach: (manager) =>
      manager.at('sheet-in').setInputFiles(file('id,category,name,description,price,available\n,없는 분류,새 메뉴,,무료,true\n,,,,5000,true\n')),
    sign: (manager) => manager.at('sheet-errors'),
  },
  {
    name: 'sheet-trial',
    reach: (manager) => manager.at('sheet-in').setInputFiles(file('id,category,name,description,price,available\n,식사,갈비탕,,14000,true\n')),
    sign: (manager) => manager.at('sheet-trial'),
    leave: (manager) => manager.escape('sheet-dialog'),
  },
];
