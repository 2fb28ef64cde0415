// What a guest chooses about the page, and the screen of dishes: both belong to the party and end with it.
import { addDish, expect, placeOrder, tableLogin, test } from './support/test.mjs';

const root = (page) => page.locator('html');
const idle = 130_000;

async function finish(server, number) {
  const { tables } = await server.manage('GET', '/tables');
  const { id } = tables.find((table) => table.table_number === number);
  await server.manage('POST', `/tables/${id}/complete`);
}

test('language, text size and contrast are one tap away, outlast a reload, and end with the visit', async ({ open, server }) => {
  const page = await open('tablet');
  await tableLogin(page, '4');
  const name = page.locator('.dish-name').first();
  const before = (await name.boundingBox()).height;
  await page.getByTestId('lang-en').click();
  await page.getByTestId('mode-text').click();
  await page.getByTestId('mode-contrast').click();
  await expect(name).toHaveText('Bulgogi');
  expect((await name.boundingBox()).height).toBeGreaterThan(before * 1.2);
  await page.reload();
  await expect(name).toHaveText('Bulgogi');
  for (const mode of ['mode-text', 'mode-contrast']) await expect(page.getByTestId(mode)).toHaveAttribute('aria-pressed', 'true');
  await expect(root(page)).toHaveAttribute('data-text', 'large');
  await expect(root(page)).toHaveAttribute('data-contrast', 'more');

  await addDish(page, 'Seafood Scallion Pancake');
  await placeOrder(page);
  await page.getByTestId('placed-see').click();
  await expect(page.getByTestId('order-card')).toContainText('Seafood Scallion Pancake');
  await finish(server, '4');
  await expect(name).toHaveText('소불고기');
  for (const mode of ['mode-text', 'mode-contrast']) await expect(page.getByTestId(mode)).toHaveAttribute('aria-pressed', 'false');
  await expect(root(page)).toHaveAttribute('data-text', '');
  await expect(root(page)).toHaveAttribute('data-contrast', '');
});

test('a tablet that nobody touches shows dishes, nothing of the party, and wakes where it was', async ({ open }) => {
  const page = await open('tablet');
  await page.clock.install();
  await tableLogin(page, '5');
  await addDish(page, '해물파전');
  await placeOrder(page);
  await page.getByTestId('placed-see').click();
  await expect(page.getByTestId('orders-total')).toBeVisible();
  await page.clock.runFor(100_000);
  await page.mouse.click(8, 760);
  await page.clock.runFor(100_000);
  await expect(page.getByTestId('attract'), 'somebody was there').toBeHidden();
  await page.clock.runFor(idle);
  const screen = page.getByTestId('attract');
  await expect(screen).toBeVisible();
  await expect(screen.locator('figure')).toBeVisible();
  const covered = await page.getByTestId('orders-total').evaluate((total) => {
    const { left, top, width, height } = total.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2).closest('dialog')?.dataset.testid;
  });
  expect(covered).toBe('attract');
  await screen.getByTestId('lang-ja').click();
  await expect(screen).toBeHidden();
  await expect(root(page)).toHaveAttribute('lang', 'ja');
  await expect(page.getByTestId('orders-total')).toBeVisible();
});

test('whoever left without an order leaves no choice behind; a phone shows no dishes by itself', async ({ open }) => {
  const tablet = await open('tablet');
  await tablet.clock.install();
  await tableLogin(tablet, '6');
  await tablet.getByTestId('lang-zh').click();
  await tablet.getByTestId('mode-text').click();
  await tablet.getByTestId('search').fill('ㄱㅊ');
  await tablet.clock.runFor(idle);
  await expect(tablet.getByTestId('attract')).toBeVisible();
  await tablet.getByTestId('attract-start').click();
  await expect(root(tablet)).toHaveAttribute('lang', 'ko');
  await expect(tablet.getByTestId('mode-text')).toHaveAttribute('aria-pressed', 'false');
  await expect(tablet.getByTestId('search')).toHaveValue('');

  const phone = await open('phone');
  await phone.clock.install();
  await tableLogin(phone, '6');
  await phone.clock.runFor(idle);
  await expect(phone.getByTestId('attract')).toBeHidden();
});
