// The menu from the manager's side: what guests see follows at once.
import { dish, expect, openManaged, tableLogin, test } from './support/test.mjs';

const row = (page, name) => page.locator(`[data-testid="dish-row"][data-dish="${name}"]`);

const openMenu = (open, size) => openManaged(open, 'menus', 'menu-list', size);

// A small picture, made in the page.
async function picture(page) {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 96;
    canvas.height = 64;
    canvas.getContext('2d').fillRect(8, 8, 40, 40);
    return canvas.toDataURL('image/png');
  });
  return { name: 'dish.png', mimeType: 'image/png', buffer: Buffer.from(url.split(',')[1], 'base64') };
}

test('one switch sells a dish out for guests and puts it back', async ({ open }) => {
  const tablet = await open('tablet');
  await tableLogin(tablet, '1');
  const page = await openMenu(open, 'phone');
  await page.getByTestId('search').fill('잡채');
  await expect(page.getByTestId('dish-row')).toHaveCount(1);
  await row(page, '잡채').getByTestId('availability').click();
  await expect(row(page, '잡채')).toContainText('품절');
  await expect(dish(tablet, '잡채').getByTestId('sold-out')).toBeVisible();
  await row(page, '잡채').getByTestId('availability').click();
  await expect(row(page, '잡채')).toContainText('판매 중');
  await expect(dish(tablet, '잡채').getByTestId('sold-out')).toHaveCount(0);
});

test('a new dish with a picture, options and translations reaches the guests', async ({ open }) => {
  const page = await openMenu(open);
  await page.getByTestId('add-dish').click();
  const form = page.getByTestId('dish-drawer');
  await form.getByTestId('save-dish').click();
  await expect(form.getByTestId('name-error')).toBeVisible();
  await expect(form.getByTestId('price-error')).toBeVisible();
  await form.locator('#name').fill('갈비탕');
  await form.locator('#price').fill('15,000');
  await expect(form.getByTestId('preview')).toContainText('갈비탕');
  await expect(form.getByTestId('preview')).toContainText('15,000원');
  await form.getByTestId('picture').setInputFiles(await picture(page));
  await expect(form.getByTestId('preview').locator('img')).toHaveAttribute('src', /^\/api\/images\//);
  await form.getByTestId('add-group').click();
  await form.locator('[id="option_groups[0].name"]').fill('면');
  await form.locator('[id="option_groups[0].options[0].name"]').fill('당면 추가');
  await form.locator('[id="option_groups[0].options[0].price"]').fill('2000');
  await form.getByTestId('add-option').click();
  await form.getByTestId('save-dish').click();
  await expect(form.getByTestId('option_groups[0].options[1].name-error')).toBeVisible();
  await expect(form.locator('[id="option_groups[0].options[0].name"]')).toHaveValue('당면 추가');
  await form.getByTestId('remove-option').last().click();
  await form.locator('summary', { hasText: '다른 언어' }).first().click();
  await form.locator('[id="translations.en.name"]').fill('Short rib soup');
  await form.getByTestId('save-dish').click();
  await expect(form).toBeHidden();
  await expect(row(page, '갈비탕')).toContainText('15,000원');

  const tablet = await open('tablet');
  await tableLogin(tablet, '2');
  await dish(tablet, '갈비탕').getByTestId('dish-open').click();
  await expect(tablet.getByTestId('item-dialog')).toContainText('당면 추가');

  // The copy is another dish; the original goes.
  await row(page, '갈비탕').getByTestId('dish-open').click();
  await page.getByTestId('copy-dish').click();
  await expect(form.locator('#name')).toHaveValue('갈비탕 사본');
  await form.getByTestId('save-dish').click();
  await expect(row(page, '갈비탕 사본')).toBeVisible();
  await row(page, '갈비탕').getByTestId('dish-open').click();
  await page.getByTestId('delete-dish').click();
  await page.getByTestId('ask-yes').click();
  await expect(row(page, '갈비탕')).toHaveCount(0);
  await expect(row(page, '갈비탕 사본')).toBeVisible();
});

test('what was typed is not lost by a slip, nor by the end of the login', async ({ open, server }) => {
  const page = await openMenu(open);
  await row(page, '잡채').getByTestId('dish-open').click();
  const form = page.getByTestId('dish-drawer');
  await form.locator('#name').fill('매콤 잡채');
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog[open][data-testid="ask"]')).toBeVisible();
  await page.getByTestId('ask-no').click();
  await expect(form.locator('#name')).toHaveValue('매콤 잡채');
  await page.context().clearCookies();
  await form.getByTestId('save-dish').click();
  await expect(page.getByTestId('login-form')).toBeVisible();
  await page.getByTestId('username').fill('admin');
  await page.getByTestId('password').fill('admin123');
  await page.getByTestId('login-submit').click();
  await expect(form.locator('#name')).toHaveValue('매콤 잡채');
  await form.getByTestId('save-dish').click();
  await expect(row(page, '매콤 잡채')).toBeVisible();
});

test('dishes change places by keyboard and by dragging', async ({ open }) => {
  const page = await openMenu(open, 'tablet');
  const list = page.locator('.list').first();
  const names = () => list.getByTestId('dish-row').evaluateAll((rows) => rows.map((r) => r.dataset.dish));
  const before = await names();
  await list.getByTestId('grip').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(names).toEqual([before[1], before[0], ...before.slice(2)]);
  await expect(row(page, before[0]).getByTestId('grip')).toBeFocused();
  await page.reload();
  await expect.poll(names).toEqual([before[1], before[0], ...before.slice(2)]);
  const from = await row(page, before[0]).getByTestId('grip').boundingBox();
  const to = await row(page, before[1]).getByTestId('grip').boundingBox();
  await page.mouse.move(from.x + 20, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 30, { steps: 4 });
  await page.mouse.up();
  await expect.poll(names).toEqual(before);
});

test('categories: a new one, another name, another place, and gone', async ({ open }) => {
  const page = await openMenu(open);
  await page.getByTestId('categories').click();
  const dialog = page.getByTestId('categories-dialog');
  await dialog.getByTestId('add-category').click();
  await dialog.getByTestId('name').fill('계절 메뉴');
  await dialog.getByTestId('save-category').click();
  const last = dialog.getByTestId('category').last();
  await expect(last).toContainText('계절 메뉴');
  await last.getByTestId('category-up').click();
  await expect(dialog.getByTestId('category').last()).not.toContainText('계절 메뉴');
  await dialog.locator('[data-category="계절 메뉴"]').getByTestId('category-edit').click();
  await dialog.getByTestId('name').fill('여름 메뉴');
  await dialog.getByTestId('save-category').click();
  const mine = dialog.locator('[data-category="여름 메뉴"]');
  await expect(mine).toBeVisible();
  await mine.getByTestId('category-delete').click();
  await page.getByTestId('ask-yes').click();
  await expect(mine).toHaveCount(0);
  await dialog.getByTestId('category').first().getByTestId('category-delete').click();
  await page.getByTestId('ask-yes').click();
  await expect(page.getByTestId('toast-error')).toContainText('메뉴가 있는 분류');
});
