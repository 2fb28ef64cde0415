// What every journey starts from: a server, and browsers of the sizes that count.
import { test as base, expect } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { Server } from './server.mjs';

export const sizes = {
  tablet: { width: 1280, height: 800 },
  portrait: { width: 800, height: 1280 },
  phone: { width: 390, height: 844 },
  narrow: { width: 360, height: 740 },
  desktop: { width: 1440, height: 900 },
  small: { width: 1024, height: 768 },
};

// Adds what a page reports to `faults`.
export function watch(page, faults) {
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /panicked|Content Security Policy/.test(message.text())) faults.push(message.text());
  });
}

export const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: 'test' },
  ],

  // open('tablet') answers a page in a browser profile of its own. A page that reports an error fails the test.
  open: async ({ browser, server }, use) => {
    const faults = [];
    const contexts = [];
    await use(async (size, options = {}) => {
      const context = await browser.newContext({ viewport: sizes[size], hasTouch: size !== 'desktop', baseURL: server.url, ...options });
      contexts.push(context);
      const page = await context.newPage();
      watch(page, faults);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(faults, 'errors on the pages').toEqual([]);
  },
});

export { expect };

export async function tableLogin(page, table = '1', password = `TABLE${table.padStart(3, '0')}`) {
  await page.goto('/');
  const form = page.getByTestId('login-form');
  await form.locator('#login-store').fill('demo');
  await form.locator('#login-table').fill(table);
  await form.locator('#login-password').fill(password);
  await page.getByTestId('login-submit').click();
  await expect(dish(page, '소불고기')).toBeVisible();
}

export function dish(page, name) {
  return page.locator(`[data-dish="${name}"]`).first();
}

// Into the cart with the first answer to every question that must be answered.
export async function addDish(page, name) {
  await dish(page, name).getByTestId('dish-open').click();
  const dialog = page.getByTestId('item-dialog');
  await expect(dialog.getByTestId('item-note')).toBeVisible();
  for (const group of await dialog.getByTestId('option-group').all()) {
    if (await group.locator('input[type=radio]').count()) await group.locator('.opt').first().click();
  }
  await dialog.getByTestId('add-to-cart').click();
  await expect(dialog).toBeHidden();
}

// From the cart to the order's number, which is left open.
export async function placeOrder(page) {
  await page.getByTestId('order-button').first().click();
  await page.getByTestId('confirm-order').click();
  const number = page.getByTestId('order-number');
  await expect(number).toBeVisible();
  return (await number.textContent()).match(/\d{4,}/)[0];
}

export async function adminLogin(page, username = 'admin', password = 'admin123') {
  await page.goto('/admin/');
  const form = page.getByTestId('login-form');
  await form.getByTestId('store').fill('demo');
  await form.getByTestId('username').fill(username);
  await form.getByTestId('password').fill(password);
  await page.getByTestId('login-submit').click();
  await expect(page.getByTestId('tables')).toBeVisible();
}

// A manager's page of the navigation, once it shows what it is for.
export async function openManaged(open, page, sign, size = 'desktop') {
  const manager = await open(size);
  await adminLogin(manager);
  await manager.getByTestId(`nav-${page}`).click();
  await expect(manager.getByTestId(sign)).toBeVisible();
  return manager;
}

// WCAG 2.2 AA, as far as a program can tell.
export async function expectAccessible(page, what) {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`);
  expect(found, what).toEqual([]);
}
