// A manager at a screen of some size, in some language, in a house that is full; and that house.
import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { Person } from './person.mjs';
import { sizes, watch } from './test.mjs';

export class Manager extends Person {
  // A browser profile of its own. Errors of its page are added to `faults`.
  static async open(browser, server, { size, lang = 'ko', faults = [], ...options }) {
    const manager = new Manager();
    manager.context = await browser.newContext({
      viewport: sizes[size], hasTouch: size !== 'desktop', baseURL: server.url, reducedMotion: 'reduce', serviceWorkers: 'block', ...options,
    });
    await manager.context.addInitScript((code) => localStorage.setItem('tableorder.lang', JSON.stringify(code)), lang);
    manager.page = await manager.context.newPage();
    watch(manager.page, faults);
    manager.page.setDefaultTimeout(10_000);
    Object.assign(manager, { server, size, lang });
    return manager;
  }

  async signIn(username = 'admin', password = 'admin123') {
    const data = { store: 'demo', username, password };
    const answer = await this.context.request.post('/api/auth/admin-login', { data, headers: { Origin: this.server.url } });
    expect(answer.ok()).toBe(true);
  }

  // To another address of the app without loading it anew.
  async go(path) {
    await this.page.evaluate((path) => {
      history.pushState(0, '', `/admin${path}`);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
  }

  async escape(...testids) {
    for (const testid of testids) {
      await this.page.keyboard.press('Escape');
      await expect(this.at(testid)).toBeHidden();
    }
  }
}

async function guest(server, number) {
  const headers = { 'Content-Type': 'application/json', Origin: server.url };
  const login = { store: 'demo', table_number: number, password: `TABLE${number.padStart(3, '0')}` };
  const answer = await fetch(`${server.url}/api/auth/table-login`, { method: 'POST', headers, body: JSON.stringify(login) });
  const { token } = await answer.json();
  return async (path, body) => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, 'Idempotency-Key': randomUUID() };
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

// A Friday evening: every status, a late order, a call, a party that has left.
export async function fullHouse(server) {
  const { menus } = await server.manage('GET', '/menus');
  const line = (name, quantity = 1, note) => {
    const menu = menus.find((one) => one.name === name);
    const groups = (menu.option_groups ?? []).filter((group) => group.min_choices > 0);
    const options = groups.flatMap((group) => group.options.slice(0, group.min_choices).map((option) => option.id));
    return { menu_id: menu.id, quantity, options, ...(note && { note }) };
  };
  const placed = {};
  const order = async (number, ...items) => {
    const place = await guest(server, number);
    (placed[number] ??= []).push(await place('/api/orders', { items }));
  };
  await order('5', line('소불고기', 2), line('콜라', 2));
  const { tables } = await server.manage('GET', '/tables?limit=100');
  await server.manage('POST', `/tables/${tables.find((table) => table.table_number === '5').id}/complete`);
  await order('7', line('비빔밥', 2, '고추장은 따로 주세요'), line('해물파전'));
  await order('7', line('콜라', 3), line('김치찌개'), line('군만두', 2));
  await order('7', line('물냉면'));
  await order('2', line('잡채'));
  await order('3', line('소불고기', 2), line('김치찌개'));
  await order('9', line('해물파전', 2));
  await order('11', line('군만두'), line('콜라', 2));
  const step = (number, place, status) => server.manage('PUT', `/orders/${placed[number][place].id}/status`, { status });
  for (const status of ['preparing', 'completed']) {
    await step('7', 0, status);
    await step('2', 0, status);
  }
  await step('7', 1, 'preparing');
  await step('9', 0, 'preparing');
  await server.sql(`UPDATE orders SET created_at = created_at - interval '12 minutes' WHERE id = $1`, [placed['3'][0].id]);
  await server.sql(`UPDATE orders SET created_at = created_at - interval '6 minutes' WHERE id = $1`, [placed['9'][0].id]);
  await (await guest(server, '4'))('/api/calls', { kind: 'water' });
  await server.manage('POST', '/users', { username: 'locked', password: 'locked-password' });
}
