// The managers' app before somebody is signed in, and when a login ends.
const error = (manager) => manager.at('login-error');

async function submit(manager, username, password) {
  for (const [field, text] of Object.entries({ store: 'demo', username, password })) await manager.at(field).fill(text);
  await manager.at('login-submit').click();
}

export const login = [
  {
    name: 'admin-login',
    reach: (manager) => manager.page.goto('/admin/'),
    sign: (manager) => manager.at('login-form'),
  },
  {
    name: 'admin-login-missing',
    reach: (manager) => manager.at('login-submit').click(),
    sign: (manager) => manager.at('store-error'),
  },
  {
    name: 'admin-login-unreachable',
    async reach(manager) {
      await manager.hold('**/api/auth/admin-login', 'POST');
      await submit(manager, 'admin', 'not-the-password');
      manager.lose();
    },
    sign: error,
    leave: (manager) => manager.letGo(),
  },
  {
    name: 'admin-login-wrong',
    reach: (manager) => submit(manager, 'admin2', 'not-the-password'),
    sign: error,
  },
  {
    name: 'admin-login-locked',
    async reach(manager) {
      const data = { store: 'demo', username: 'locked', password: 'not-the-password' };
      await manager.server.sql(`UPDATE users SET locked_until = NULL, failed_login_attempts = 0 WHERE username = 'locked'`);
      for (let tries = 0; tries < 5; tries += 1) await manager.context.request.post('/api/auth/admin-login', { data });
      await submit(manager, 'locked', 'locked-password');
    },
    sign: (manager) => error(manager).filter({ hasText: '15' }),
  },
  {
    name: 'admin-login-ended',
    async reach(manager) {
      await manager.signIn();
      await manager.page.goto('/admin/');
      await manager.at('tables').waitFor();
      await manager.context.clearCookies();
      await manager.at('table-card-1').locator('.table-open').click();
      await manager.at('past-visits').click();
    },
    sign: (manager) => manager.at('login-ended'),
  },
];
