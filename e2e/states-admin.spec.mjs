// Every screen and state of the managers' app at the four sizes that managers have: nothing breaks a rule of accessibility
// in light, dark or high contrast, nothing is cut off, covered, out of reach or too small for a finger.
import { expect, test } from '@playwright/test';
import { walk } from './states/index.mjs';
import { walks } from './states/manager/index.mjs';
import { expectSound } from './support/look.mjs';
import { Manager, fullHouse } from './support/manager.mjs';
import { Server } from './support/server.mjs';

let server;
test.beforeAll(async () => {
  server = await Server.start();
  await fullHouse(server);
});
test.afterAll(() => server.stop());

for (const size of ['desktop', 'tablet', 'small', 'phone']) {
  for (const [name, states] of Object.entries(walks)) {
    test(`${name}, ${size}`, async ({ browser }) => {
      test.slow();
      const faults = [];
      const manager = await Manager.open(browser, server, { size, faults });
      await walk(manager, states, (state, within) => expectSound(manager.page, state, within));
      await manager.close();
      expect(faults, 'errors on the page').toEqual([]);
    });
  }
}
