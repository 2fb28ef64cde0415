// Every screen and state of the guests' app at the four sizes: nothing breaks a rule of accessibility in light, dark or
// high contrast, nothing is cut off, covered, out of reach or too small for a finger.
import { expect, test } from '@playwright/test';
import { walk, walks } from './states/index.mjs';
import { Guest } from './support/guest.mjs';
import { layoutFaults } from './support/layout.mjs';
import { expectSound } from './support/look.mjs';
import { Server } from './support/server.mjs';

let server;
test.beforeAll(async () => { server = await Server.start(); });
test.afterAll(() => server.stop());

// One page with one of each fault, and beside it the same without.
const faulty = `
  <style>body { margin: 0; font: 16px/1.5 sans-serif } button, a { min-width: 44px; min-height: 44px; border: 0; padding: 0 }</style>
  <div style="width: 2000px; height: 1px"></div>
  <button style="min-height: 20px; height: 20px">small</button> <button>fine</button>
  <button style="position: absolute; left: 1250px">out</button>
  <h1 style="width: 80px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; margin: 0">cut by its box</h1>
  <p style="width: 60px; white-space: nowrap; margin: 0">wider than allowed</p>
  <p style="overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; width: 60px">shortened on purpose</p>
  <p style="position: absolute; top: 300px; left: 0">one text</p> <p style="position: absolute; top: 304px; left: 4px">on another</p>
  <div class="card" style="position: absolute; top: 500px; left: 0">price <button style="position: absolute; left: 20px; top: 0"></button></div>
  <div class="cart" style="position: absolute; top: 400px"><button>covered</button></div>
  <div class="toasts" style="position: absolute; top: 400px; width: 300px; height: 60px; background: #fff"></div>`;

test('the ruler finds what it is for', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.setContent(faulty);
  const found = await page.evaluate(layoutFaults);
  const expected = [
    /^the page scrolls sideways/, /^smaller than 44 px.*"small"$/, /^outside the screen: .*"out"$/, /^under a message: .*"covered"$/,
    /^cut off: .*"cut by its box"$/, /^wider than its box: .*"wider than allowed"$/, /^over .*"on another": .*"one text"$/,
    /^under button.*: .*"price"$/,
  ];
  expect(found.toString()).not.toMatch(/fine|on purpose/);
  for (const one of expected) expect(found, `${one} in ${found.join(', ')}`).toContainEqual(expect.stringMatching(one));
  expect(found).toHaveLength(expected.length);
});

for (const size of ['tablet', 'portrait', 'phone', 'desktop']) {
  for (const [name, states] of Object.entries(walks)) {
    test(`${name}, ${size}`, async ({ browser }) => {
      test.slow();
      const faults = [];
      const guest = await Guest.open(browser, server, { size, faults });
      await walk(guest, states, (state, within) => expectSound(guest.page, state, within));
      await guest.close();
      expect(faults, 'errors on the page').toEqual([]);
    });
  }
}
