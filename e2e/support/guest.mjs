// A guest at a table, on a screen of some size and in some language: the acts that differ between sizes.
import { expect } from '@playwright/test';
import { Person } from './person.mjs';
import { sizes, watch } from './test.mjs';

const widths = Object.keys(sizes);

const passwordOf = (table) => `TABLE${table.padStart(3, '0')}`;

// Those that the demo store lacks.
async function addTables(server, numbers) {
  const known = await server.sql(`SELECT table_number FROM tables WHERE store_id = (SELECT id FROM stores WHERE code = 'demo')`);
  for (const number of numbers.filter((one) => !known.some(({ table_number: has }) => has === one))) {
    await server.manage('POST', '/tables', { table_number: number, password: passwordOf(number) });
  }
}

export class Guest extends Person {
  // A browser profile of its own. Errors of its page are added to `faults`. Guests of different sizes sit at different
  // tables, three each, so that they share a server.
  static async open(browser, server, { size, lang = 'ko', faults = [], ...options }) {
    const guest = new Guest();
    const touch = size !== 'desktop';
    guest.context = await browser.newContext({
      viewport: sizes[size], hasTouch: touch, baseURL: server.url, reducedMotion: 'reduce', serviceWorkers: 'block', ...options,
    });
    await guest.context.addInitScript((code) => localStorage.setItem('tableorder.lang', JSON.stringify(code)), lang);
    guest.page = await guest.context.newPage();
    watch(guest.page, faults);
    guest.page.setDefaultTimeout(10_000);
    guest.server = server;
    guest.size = size;
    guest.lang = lang;
    guest.narrow = sizes[size].width <= 820;
    guest.wide = sizes[size].width > 640;
    const first = widths.indexOf(size) + 1;
    guest.tables = [first, first + widths.length, first + 2 * widths.length].map(String);
    await addTables(server, guest.tables);
    const dishes = await server.sql(`SELECT id, name FROM menus WHERE store_id = (SELECT id FROM stores WHERE code = 'demo')`);
    guest.dishes = Object.fromEntries(dishes.map(({ id, name }) => [name, id]));
    return guest;
  }

  // By its Korean name, in any language.
  dish(name) {
    return this.at(`menu-card-${this.dishes[name]}`).first();
  }

  async signIn(table = this.tables[0]) {
    const login = { store: 'demo', table_number: table, password: passwordOf(table) };
    const answer = await this.context.request.post('/api/auth/table-login', { data: login, headers: { Origin: this.server.url } });
    expect(answer.ok()).toBe(true);
  }

  async menu() {
    await this.page.goto('/');
    await expect(this.dish('소불고기')).toBeVisible();
  }

  async openDish(name) {
    await this.dish(name).getByTestId('dish-open').click();
    await expect(this.at('item-dialog').getByTestId('item-note')).toBeVisible();
  }

  // With the given choice in every question that must be answered.
  async add(name, { choice = 0, note } = {}) {
    await this.openDish(name);
    for (const group of await this.at('option-group').all()) {
      if (await group.locator('input[type=radio]').count()) await group.getByTestId('option').nth(choice).click();
    }
    if (note) await this.at('item-note').fill(note);
    await this.at('add-to-cart').click();
    await expect(this.at('item-dialog')).toBeHidden();
  }

  async openCart() {
    if (this.narrow && !(await this.at('cart').isVisible())) await this.at('cart-bar').click();
  }

  async leaveCart() {
    if (this.narrow && (await this.at('cart').isVisible())) await this.at('cart-back').first().click();
  }

  async search(text) {
    const wide = this.at('search');
    if (!(await wide.isVisible()) && !(await this.at('search-phone').isVisible())) await this.at('search-toggle').click();
    await ((await wide.isVisible()) ? wide : this.at('search-phone')).fill(text);
  }

  async endSearch() {
    await this.search('');
    if (await this.at('search-phone').isVisible()) await this.at('search-toggle').click();
  }

  async pressLong(testid) {
    await this.at(testid).hover();
    await this.page.mouse.down();
    await expect(this.at('sign-out')).toBeVisible();
    await this.page.mouse.up();
  }

  // Orders without the app.
  async order(count, name) {
    for (let done = 0; done < count; done += 1) {
      const answer = await this.context.request.post('/api/orders', {
        data: { items: [{ menu_id: this.dishes[name], quantity: 1 + (done % 3) }] },
        headers: { Origin: this.server.url, 'Idempotency-Key': crypto.randomUUID() },
      });
      expect(answer.ok()).toBe(true);
    }
  }
}
