// A business day's figures, as the page shows them.
import { addDish, adminLogin, expect, expectAccessible, placeOrder, tableLogin, test } from './support/test.mjs';

const won = (amount) => `${amount.toLocaleString('ko-KR')}원`;

test('figures are what was ordered, finished and open together, with a table and a file behind', async ({ open, server }) => {
  const page = await open('desktop', { reducedMotion: 'reduce' });
  await adminLogin(page);
  await page.getByTestId('nav-today').click();
  await expect(page.getByTestId('day-empty')).toBeVisible();
  const tablet = await open('tablet');
  await tableLogin(tablet, '1');
  await addDish(tablet, '해물파전');
  await placeOrder(tablet);
  const other = await open('tablet');
  await tableLogin(other, '2');
  await addDish(other, '잡채');
  await placeOrder(other);
  await page.getByTestId('nav-dashboard').click();
  await page.getByTestId('table-card-1').locator('.table-open').click();
  await page.getByTestId('finish-table').click();
  await page.getByTestId('finish-yes').click();
  await expect(page.getByTestId('table-card-1')).toHaveClass(/idle/);
  await page.getByTestId('nav-today').click();
  const [{ sum }] = await server.sql(`SELECT sum(price)::int AS sum FROM menus WHERE name IN ('해물파전', '잡채')
    AND store_id = (SELECT id FROM stores WHERE code = 'demo')`);
  await expect(page.getByTestId('day-sales')).toHaveText(won(sum));
  await expect(page.getByTestId('day-orders')).toContainText('2');
  await expect(page.getByTestId('top-dishes')).toContainText('해물파전');
  await page.getByTestId('hours-table').click();
  await expect(page.locator('.chart .tbl')).toContainText(won(sum));
  await expectAccessible(page, 'today');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('day-csv').click()]);
  expect(download.suggestedFilename()).toMatch(/\d{4}-\d\d-\d\d\.csv$/);
  await page.locator('#day').fill('2020-01-01');
  await expect(page.getByTestId('day-empty')).toBeVisible();
  await page.getByTestId('day-today').click();
  await expect(page.getByTestId('day-sales')).toHaveText(won(sum));
});
