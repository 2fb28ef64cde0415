// The cart from empty to ordered, and everything that can come between.
const ORDERS = '**/api/orders';

const demo = `store_id = (SELECT id FROM stores WHERE code = 'demo')`;

// The mildest spice of every stew is out.
const mild = (out) => `UPDATE options SET is_available = ${!out} WHERE name = '순한맛' AND ${demo}`;

async function changeMenu({ server }) {
  await server.sql(mild(true));
  await server.changeMenu('price = price + 1000', '소불고기');
  await server.changeMenu('is_available = false', '해물파전');
  await server.changeMenu('deleted_at = now()', '잡채');
}

async function changeMenuBack({ server }) {
  await server.sql(mild(false));
  await server.changeMenu('price = price - 1000', '소불고기');
  await server.changeMenu('is_available = true', '해물파전');
  await server.changeMenu('deleted_at = NULL', '잡채');
}

async function refuse(route) {
  if (route.request().method() !== 'POST') return route.fallback();
  return route.fulfill({ status: 429, json: { error: { code: 'too_many_requests', message: '' } } });
}

const order = (guest) => guest.at('order-button').first();
const lines = (guest, count) => guest.at('cart').locator(`.cart-list > :nth-child(${count})`);

export const cart = [
  {
    name: 'cart-empty',
    reach: (guest) => guest.page.goto('/cart'),
    sign: (guest) => guest.at('cart-empty'),
    leave: (guest) => guest.leaveCart(),
  },
  {
    name: 'menu-filled',
    async reach(guest) {
      await guest.add('소불고기');
      await guest.add('김치찌개', { note: '파는 빼 주세요' });
      await guest.add('해물파전');
      await guest.add('잡채');
    },
    sign: (guest) => (guest.narrow ? guest.at('cart-bar') : lines(guest, 4)),
  },
  {
    name: 'cart-filled',
    within: '.cart',
    reach: (guest) => guest.openCart(),
    sign: (guest) => lines(guest, 4),
  },
  {
    name: 'cart-removed',
    within: '.cart, .toasts',
    reach: (guest) => lines(guest, 4).getByTestId('stepper-less').click(),
    sign: (guest) => guest.at('toast-action'),
    async leave(guest) {
      await guest.at('toast-action').click();
      await lines(guest, 4).waitFor();
    },
  },
  {
    name: 'cart-edit',
    reach: (guest) => lines(guest, 2).getByTestId('edit-line').click(),
    sign: (guest) => guest.at('item-note'),
    leave: (guest) => guest.page.keyboard.press('Escape'),
  },
  {
    name: 'cart-clear',
    reach: (guest) => guest.at('cart-clear').click(),
    sign: (guest) => guest.at('confirm-dialog'),
    leave: (guest) => guest.at('confirm-no').click(),
  },
  {
    name: 'cart-offline',
    within: '.cart, .toasts',
    reach: (guest) => guest.context.setOffline(true),
    sign: (guest) => guest.at('tell-staff'),
    leave: (guest) => guest.leaveCart(),
  },
  {
    name: 'menu-offline',
    within: '.shop-side > :not(main)',
    reach: (guest) => guest.page.evaluate(() => scrollTo(0, 0)),
    sign: (guest) => guest.at('offline-banner'),
    async leave(guest) {
      await guest.context.setOffline(false);
      await guest.at('offline-banner').waitFor({ state: 'hidden' });
      await guest.openCart();
    },
  },
  {
    name: 'cart-changed',
    within: '.cart, .toasts',
    reach: changeMenu,
    sign: (guest) => guest.at('cart-notice').filter({ hasText: '4' }),
  },
  {
    name: 'confirm-some',
    reach: (guest) => order(guest).click(),
    sign: (guest) => guest.at('confirm-order-dialog'),
    async leave(guest) {
      await guest.at('cancel-order').click();
      await changeMenuBack(guest);
      await guest.at('line-change').first().waitFor({ state: 'hidden' });
      for (const error of await guest.at('toast-dismiss').all()) await error.click();
    },
  },
  {
    name: 'confirm',
    reach: (guest) => order(guest).click(),
    sign: (guest) => guest.at('confirm-line').nth(3),
  },
  {
    name: 'confirm-failed',
    async reach(guest) {
      await guest.page.route(ORDERS, refuse);
      await guest.at('confirm-order').click();
    },
    sign: (guest) => guest.at('confirm-error'),
    leave: (guest) => guest.page.unroute(ORDERS, refuse),
  },
  {
    name: 'confirm-busy',
    async reach(guest) {
      await guest.hold(ORDERS, 'POST');
      await guest.at('confirm-order').click();
    },
    sign: (guest) => guest.page.locator('[data-testid="confirm-order"][aria-busy]'),
  },
  {
    name: 'cart-unsent',
    within: '.cart, .toasts',
    reach: (guest) => guest.lose(),
    sign: (guest) => order(guest).and(guest.page.locator(':not([aria-busy])')).and(guest.page.locator('.cart:has([data-testid="tell-staff"]) *')),
    leave: (guest) => guest.letGo(),
  },
  {
    name: 'placed',
    reach: (guest) => order(guest).click(),
    sign: (guest) => guest.at('order-number'),
    leave: (guest) => guest.at('placed-leave').click(),
  },
];
