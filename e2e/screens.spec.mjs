// Pictures of every screen: `npm run screens` writes them to e2e/screens/ with a page that shows them all, and with
// README=1 the README's four to docs/images/.
import { walk, walks } from './states/index.mjs';
import { walks as managerWalks } from './states/manager/index.mjs';
import { writeGallery } from './support/gallery.mjs';
import { Guest } from './support/guest.mjs';
import { layoutFaults } from './support/layout.mjs';
import { show } from './support/look.mjs';
import { Manager, fullHouse } from './support/manager.mjs';
import { expect, test } from './support/test.mjs';

test.afterAll(writeGallery);

// Guests' app: every state, in every language; for one size also in the other looks.
const languages = ['ko', 'en', 'ja', 'zh'];
const daylight = { colorScheme: 'light', contrast: 'no-preference' };
const looks = [
  ['dark', { colorScheme: 'dark' }],
  ['contrast', { contrast: 'more' }],
  ['large', {}],
];

async function picture(page, path) {
  // Colours that are on their way.
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  await page.waitForFunction(() => [...document.images].every((image) => image.complete || !image.checkVisibility() || image.getBoundingClientRect().top > innerHeight));
  await page.screenshot({ path: `screens/${path}.jpg`, type: 'jpeg', quality: 85 });
}

const measured = async (page, where) => (await page.evaluate(layoutFaults)).map((fault) => `${where}: ${fault}`);

async function inEachLook(page, state) {
  const wrong = [];
  for (const [look, media] of looks) {
    await show(page, { ...daylight, ...media });
    const before = await page.evaluate((large) => {
      const before = document.documentElement.dataset.text;
      if (large) document.documentElement.dataset.text = 'large';
      return before;
    }, look === 'large');
    await picture(page, `ko-${look}/tablet/${state}`);
    wrong.push(...(await measured(page, `${look}/${state}`)));
    if (!before) await page.evaluate(() => delete document.documentElement.dataset.text);
  }
  await show(page, daylight);
  return wrong;
}

for (const lang of languages) {
  test(`the guests' app, ${lang}`, async ({ browser, server }) => {
    test.setTimeout(1_200_000);
    const wrong = [];
    for (const size of ['tablet', 'portrait', 'phone', 'narrow', 'desktop']) {
      for (const states of Object.values(walks)) {
        const guest = await Guest.open(browser, server, { size, lang, bypassCSP: true });
        const take = async (state) => {
          await picture(guest.page, `${lang}/${size}/${state}`);
          wrong.push(...(await measured(guest.page, `${size}/${state}`)));
          const readme = { 'tablet/menu-filled': 'customer-tablet', 'phone/menu': 'customer-phone' }[`${size}/${state}`];
          if (process.env.README && lang === 'ko' && readme) {
            await guest.page.screenshot({ path: `../docs/images/${readme}.png`, style: '.toasts { display: none }' });
          }
          if (lang === 'ko' && size === 'tablet' && state !== 'placed') wrong.push(...(await inEachLook(guest.page, state)));
        };
        await walk(guest, states, take).catch((error) => wrong.push(`${size}: ${error.message.split('\n').slice(0, 4).join(' ')}`));
        await guest.close();
      }
    }
    expect(wrong, 'what a ruler finds, and states that were not reached').toEqual([]);
  });
}

// Managers' app: every state, in both of its languages.
for (const lang of ['ko', 'en']) {
  test(`the managers' app, ${lang}`, async ({ browser, server }) => {
    test.setTimeout(1_200_000);
    await fullHouse(server);
    const wrong = [];
    for (const size of ['desktop', 'tablet', 'small', 'phone']) {
      for (const states of Object.values(managerWalks)) {
        const manager = await Manager.open(browser, server, { size, lang, bypassCSP: true });
        const take = async (state) => {
          await picture(manager.page, `admin-${lang}/${size}/${state}`);
          wrong.push(...(await measured(manager.page, `${size}/${state}`)));
          const readme = { 'desktop/board': 'admin-board', 'phone/board': 'admin-phone' }[`${size}/${state}`];
          if (process.env.README && lang === 'ko' && readme) await manager.page.screenshot({ path: `../docs/images/${readme}.png` });
        };
        await walk(manager, states, take).catch((error) => wrong.push(`${size}: ${error.message.split('\n').slice(0, 4).join(' ')}`));
        await manager.close();
      }
    }
    expect(wrong, 'what a ruler finds, and states that were not reached').toEqual([]);
  });
}
