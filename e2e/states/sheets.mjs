// What is within reach of every page: calling staff, languages, modes, the staff's way out; and nobody at the table.
const CALLS = '**/api/calls';

export const sheets = [
  {
    name: 'calls',
    async reach(guest) {
      await guest.menu();
      await guest.at('call-staff').first().click();
    },
    sign: (guest) => guest.at('call-sheet'),
  },
  {
    name: 'calls-failed',
    async reach(guest) {
      await guest.hold(CALLS, 'POST');
      await guest.at('call-water').click();
      guest.lose();
    },
    sign: (guest) => guest.at('call-sheet').locator('.notice.bad'),
    leave: (guest) => guest.letGo(),
  },
  {
    name: 'calls-sent',
    within: '.shop-top, .toasts',
    reach: (guest) => guest.at('call-water').click(),
    sign: (guest) => guest.page.locator('[data-testid="call-staff"] .mark'),
  },
  {
    name: 'calls-waiting',
    reach: (guest) => guest.at('call-staff').first().click(),
    sign: (guest) => guest.at('call-water').locator('small:not(:empty)'),
    leave: (guest) => guest.page.keyboard.press('Escape'),
  },
  {
    name: 'second-language',
    when: (guest) => guest.lang === 'ko',
    reach: (guest) => guest.at('lang-en').first().click(),
    sign: (guest) => guest.dish('소불고기').filter({ hasText: 'Bulgogi' }),
    leave: (guest) => guest.at('lang-ko').first().click(),
  },
  {
    name: 'large-text',
    reach: (guest) => guest.at('mode-text').first().click(),
    sign: (guest) => guest.page.locator('html[data-text="large"]'),
    leave: (guest) => guest.at('mode-text').first().click(),
  },
  {
    name: 'high-contrast',
    reach: (guest) => guest.at('mode-contrast').first().click(),
    sign: (guest) => guest.page.locator('html[data-contrast="more"]'),
    leave: (guest) => guest.at('mode-contrast').first().click(),
  },
  {
    name: 'sign-out',
    reach: (guest) => guest.pressLong('table-number'),
    sign: (guest) => guest.at('sign-out'),
  },
  {
    name: 'sign-out-wrong',
    async reach(guest) {
      await guest.page.locator('#sign-out-password').fill('wrong-password');
      await guest.at('sign-out-submit').click();
    },
    sign: (guest) => guest.at('sign-out-password-error'),
    leave: (guest) => guest.page.keyboard.press('Escape'),
  },
];

export const idle = [
  {
    name: 'attract',
    when: (guest) => guest.wide,
    async reach(guest) {
      await guest.page.clock.install();
      await guest.signIn();
      await guest.menu();
      await guest.page.clock.runFor('02:10');
    },
    sign: (guest) => guest.at('attract-start'),
  },
];
