// What guests do with a cart, and with the order that was one.
import { addDish, dish, expect, placeOrder, tableLogin, test } from './support/test.mjs';

test('a line that was taken out comes back, and can be changed in its place', async ({ open }) => {
  const tablet = await open('tablet');
  await tableLogin(tablet, '3');
  for (const name of ['소불고기', '해물파전']) await addDish(tablet, name);
  const lines = tablet.getByTestId('cart-line');
  await lines.first().getByTestId('stepper-less').click();
  await expect(lines).toHaveCount(1);
  await tablet.getByTestId('toast-action').click();
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toHaveAttribute('data-dish', '소불고기');

  await lines.first().getByTestId('edit-line').click();
  const dialog = tablet.getByTestId('item-dialog');
  await dialog.getByTestId('stepper-more').click();
  await dialog.getByTestId('item-note').fill('파 빼 주세요');
  await dialog.getByTestId('add-to-cart').click();
  await expect(dialog).toBeHidden();
  await expect(lines).toHaveCount(2);
  await expect(lines.first()).toContainText('파 빼 주세요');
  await expect(lines.first().getByTestId('stepper-value')).toHaveText('2');
});

// Buttons of the cart's lines that can be seen, at least in part, and that a message covers.
function coveredButtons() {
  const toasts = document.querySelector('.toasts');
  const list = document.querySelector('.cart-list').getBoundingClientRect();
  const messages = [...toasts.querySelectorAll('.toast')].map((toast) => toast.getBoundingClientRect());
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return [...document.querySelectorAll('.cart button, .cart a')].filter((button) => {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    const inList = Boolean(button.closest('.cart-list'));
    const seen = inList ? { left, right, top: Math.max(top, list.top), bottom: Math.min(bottom, list.bottom) } : { left, right, top, bottom };
    return messages.some((message) => over(seen, message));
  }).map((button) => button.getAttribute('aria-label') ?? button.textContent);
}

for (const [size, viewport] of [['phone', undefined], ['narrow', undefined], ['phone', { width: 390, height: 664 }]]) {
  test(`no message lies over a button of the cart, ${size}${viewport ? ' with the browser\'s bars' : ''}`, async ({ open, server }) => {
    const phone = await open(size, { reducedMotion: 'reduce', ...(viewport && { viewport }) });
    await tableLogin(phone, '3');
    for (const name of ['소불고기', '김치찌개', '해물파전', '잡채', '비빔밥']) await addDish(phone, name);
    await phone.getByTestId('cart-bar').click();
    const lines = phone.getByTestId('cart-line');
    await expect(lines).toHaveCount(5);
    for (const place of [0, 60, 120, 180, 1000]) {
      await phone.locator('.cart-list').evaluate((list, top) => { list.scrollTop = top; }, place);
      await lines.nth(1).getByTestId('edit-line').click();
      await phone.getByTestId('add-to-cart').click();
      await expect(phone.getByTestId('toast')).toBeVisible();
      await phone.locator('.cart-list').evaluate((list, top) => { list.scrollTop = top; }, place);
      expect(await phone.evaluate(coveredButtons), `scrolled to ${place}`).toEqual([]);
    }
    await lines.first().getByTestId('stepper-less').click();
    await expect(phone.getByTestId('toast-action')).toBeVisible();
    expect(await phone.evaluate(coveredButtons), 'removed').toEqual([]);
    // Errors stay, and may be several.
    await server.changeMenu('is_available = false', '해물파전');
    await server.changeMenu('is_available = false', '잡채');
    await expect(phone.getByTestId('toast-error')).toHaveCount(2);
    expect(await phone.evaluate(coveredButtons), 'sold out').toEqual([]);
    await phone.context().setOffline(true);
    await expect(phone.getByTestId('tell-staff')).toBeVisible();
    expect(await phone.evaluate(coveredButtons), 'cut off').toEqual([]);
  });
}

test('good news lets taps through to what lies below it', async ({ open }) => {
  const phone = await open('phone', { reducedMotion: 'reduce' });
  await tableLogin(phone, '4');
  await dish(phone, '해물파전').getByTestId('dish-add').click();
  const toast = phone.getByTestId('toast');
  await expect(toast).toBeVisible();
  const met = await toast.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(met).toBe(false);
});

test('the cart is emptied after a question, which only its buttons answer', async ({ open }) => {
  const tablet = await open('tablet');
  await tableLogin(tablet, '3');
  await addDish(tablet, '해물파전');
  const question = tablet.getByTestId('confirm-dialog');
  await tablet.getByTestId('cart-clear').click();
  await expect(question).toBeVisible();
  await tablet.mouse.click(5, 5);
  await expect(question).toBeVisible();
  await tablet.getByTestId('confirm-no').click();
  await expect(tablet.getByTestId('cart-line')).toHaveCount(1);
  await tablet.getByTestId('cart-clear').click();
  await question.getByTestId('confirm-yes').click();
  await expect(tablet.getByTestId('cart-empty')).toBeVisible();
  await tablet.reload();
  await expect(tablet.getByTestId('cart-empty')).toBeVisible();
});

test('a question that is opened again at once stays open', async ({ open }) => {
  const tablet = await open('tablet');
  await tableLogin(tablet, '4');
  await addDish(tablet, '해물파전');
  await tablet.getByTestId('order-button').first().click();
  await expect(tablet.getByTestId('confirm-order')).toBeVisible();
  await tablet.evaluate(async () => {
    const dialog = document.querySelector('[data-testid="confirm-order-dialog"]');
    dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    // Before the browser tells that it was closed.
    for (let steps = 0; steps < 50 && dialog.open; steps += 1) await null;
    document.querySelector('[data-testid="order-button"]').click();
    await new Promise((done) => setTimeout(done, 100));
  });
  await expect(tablet.getByTestId('confirm-order')).toBeVisible();
});

test('the number counts down, a tap anywhere ends it, and nobody is brought back later', async ({ open }) => {
  const tablet = await open('tablet');
  await tablet.clock.install();
  await tableLogin(tablet, '5');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  const screen = tablet.getByTestId('order-placed');
  await expect(screen).toContainText('5초');
  await tablet.clock.runFor(2_000);
  await expect(screen).toContainText('3초');
  await tablet.mouse.click(640, 200);
  await expect(screen).toBeHidden();
  await expect(tablet.getByTestId('cart-empty')).toBeVisible();
  await tablet.getByTestId('orders-link').click();
  await tablet.clock.runFor(10_000);
  await expect(tablet.getByTestId('orders')).toBeVisible();
});

test('one tap orders the same again: options, notes and quantities, at today\'s prices, without what is sold out', async ({ open, server }) => {
  const tablet = await open('tablet');
  await tableLogin(tablet, '6');
  await addDish(tablet, '김치찌개');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  await tablet.getByTestId('placed-leave').click();
  await server.changeMenu('price = price + 500', '김치찌개');
  await server.changeMenu('is_available = false', '해물파전');
  await expect(dish(tablet, '해물파전').getByTestId('sold-out')).toBeVisible();
  await tablet.getByTestId('orders-link').click();
  const again = tablet.getByTestId('order-again').first();
  await again.click();
  await expect(tablet.getByTestId('toast-error')).toContainText('1개는 지금 없어서');
  await tablet.getByTestId('back-to-menu').click();
  const line = tablet.getByTestId('cart-line');
  await expect(line).toHaveCount(1);
  await expect(line).toHaveAttribute('data-dish', '김치찌개');
  await expect(line.locator('small').first()).not.toBeEmpty();
  await expect(tablet.getByTestId('line-change')).toHaveCount(0);
  await placeOrder(tablet);
});

for (const size of ['tablet', 'phone']) {
  test(`a search finds initial consonants, ${size}`, async ({ open }) => {
    const page = await open(size);
    await tableLogin(page, '7');
    if (size === 'phone') await page.getByTestId('search-toggle').click();
    await page.getByTestId(size === 'phone' ? 'search-phone' : 'search').fill('ㄱㅊㅉ');
    await expect(page.getByTestId('search-count')).toContainText('1');
    await expect(page.locator('[data-dish]')).toHaveCount(1);
    await expect(dish(page, '김치찌개')).toBeVisible();
  });
}
