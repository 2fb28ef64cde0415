// The page that describes the API, as somebody who writes a client opens it.
import { expect, expectAccessible, sizes, test } from './support/test.mjs';

for (const [size, colorScheme] of [['desktop', 'light'], ['phone', 'dark']]) {
  test(`the API's page on a ${size}, ${colorScheme}, shows every operation and loads nothing from elsewhere`, async ({ browser, server }) => {
    const context = await browser.newContext({ viewport: sizes[size], colorScheme });
    const page = await context.newPage();
    const asked = [];
    const said = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => said.push(String(error)));
    await page.goto(`${server.url}/api/docs`);

    const api = await (await page.request.get(`${server.url}/api/openapi.json`)).json();
    const operations = Object.values(api.paths).flatMap((item) => Object.values(item));
    const shown = await page.locator('[data-operation]').evaluateAll((all) =>
      all.filter((one) => one.querySelector('h3').checkVisibility()).map((one) => one.dataset.operation),
    );
    expect(shown.sort()).toEqual(operations.map((operation) => operation.operationId).sort());

    // The styles are there, an example folds open, and a type leads to its fields.
    await expect(page.locator('nav')).toHaveCSS('position', 'sticky');
    const order = page.locator('#post_orders');
    await order.locator('summary').first().click();
    await expect(order.locator('pre').first()).toContainText('"menu_id"');
    await order.getByRole('link', { name: 'NewOrder' }).click();
    await expect(page.locator('#schema-NewOrder')).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'no sideways scrolling').toBe(true);

    await expectAccessible(page, 'the page');
    expect(asked.filter((url) => !url.startsWith(`${server.url}/`) && !url.startsWith('data:'))).toEqual([]);
    expect(said).toEqual([]);
    await context.close();
  });
}
