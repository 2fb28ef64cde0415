// The guests' app before a table is signed in, and after its login has ended.
const [WRONG, LOCKED] = [1, 2];

async function fill(guest, table, password) {
  await guest.page.locator('#login-store').fill('demo');
  await guest.page.locator('#login-table').fill(table);
  await guest.page.locator('#login-password').fill(password);
}

async function submitted(guest, password) {
  await fill(guest, guest.tables[LOCKED], password);
  await guest.at('login-submit').click();
}

async function revokeDevices(server, number) {
  const { tables } = await server.manage('GET', '/tables');
  const table = tables.find((one) => one.table_number === number);
  const { devices } = await server.manage('GET', `/tables/${table.id}/devices`);
  for (const device of devices) await server.manage('DELETE', `/devices/${device.id}`);
}

const error = (guest) => guest.at('login-password-error');
const ended = (guest) => guest.at('login-expired');

export const login = [
  {
    name: 'login',
    reach: (guest) => guest.page.goto('/'),
    sign: (guest) => guest.at('login-form'),
  },
  {
    name: 'login-missing',
    reach: (guest) => guest.at('login-submit').click(),
    sign: (guest) => guest.at('login-store-error'),
  },
  {
    name: 'login-busy',
    async reach(guest) {
      await guest.hold('**/api/auth/table-login', 'POST');
      await submitted(guest, 'wrong-password');
    },
    sign: (guest) => guest.page.locator('[data-testid="login-submit"][aria-busy]'),
  },
  {
    name: 'login-unreachable',
    reach: (guest) => guest.lose(),
    sign: error,
    leave: (guest) => guest.letGo(),
  },
  {
    name: 'login-wrong',
    reach: (guest) => submitted(guest, 'wrong-password'),
    sign: (guest) => error(guest),
  },
  {
    name: 'login-locked',
    async reach(guest) {
      const data = { store: 'demo', table_number: guest.tables[LOCKED], password: 'wrong-password' };
      for (let tries = 1; tries < 5; tries += 1) await guest.context.request.post('/api/auth/table-login', { data });
      await guest.at('login-submit').click();
    },
    sign: (guest) => error(guest).filter({ hasText: '15' }),
  },
  {
    name: 'login-revoked',
    async reach(guest) {
      await guest.signIn(guest.tables[WRONG]);
      await guest.menu();
      await revokeDevices(guest.server, guest.tables[WRONG]);
    },
    sign: ended,
  },
  {
    name: 'login-ended',
    async reach(guest) {
      await guest.signIn(guest.tables[WRONG]);
      await guest.menu();
      await guest.context.clearCookies();
      await guest.page.reload();
    },
    sign: ended,
  },
];
