// The menu: on its way, not there, empty, searched; a dish, and what can be wrong with it.
const BOARD = '**/api/menus?*';

async function withoutDishes(route) {
  const answer = await route.fetch();
  await route.fulfill({ response: answer, json: { ...(await answer.json()), categories: [], menus: [] } });
}

const addTo = (guest) => guest.at('add-to-cart');

export const menu = [
  {
    name: 'menu-loading',
    async reach(guest) {
      await guest.hold(BOARD);
      await guest.signIn();
      await guest.page.goto('/');
    },
    sign: (guest) => guest.page.locator('.shop:not(#shell) main[aria-busy] .skel').first(),
  },
  {
    name: 'menu-failed',
    reach: (guest) => guest.lose(),
    sign: (guest) => guest.at('retry'),
    leave: (guest) => guest.letGo(),
  },
  {
    name: 'menu-empty',
    async reach(guest) {
      await guest.page.route(BOARD, withoutDishes);
      await guest.at('retry').click();
    },
    sign: (guest) => guest.at('empty'),
    leave: (guest) => guest.page.unroute(BOARD, withoutDishes),
  },
  {
    name: 'menu',
    reach: (guest) => guest.menu(),
    sign: (guest) => guest.dish('소불고기'),
  },
  {
    name: 'menu-category',
    within: '.shop-top',
    reach: (guest) => guest.at('category').nth(2).click(),
    sign: (guest) => guest.page.locator('[data-testid="category"][aria-current]').and(guest.at('category').nth(2)),
  },
  {
    name: 'search-found',
    reach: (guest) => guest.search('ㅂㅂㅂ'),
    sign: (guest) => guest.at('search-count').filter({ hasText: '1' }),
  },
  {
    name: 'search-nothing',
    reach: (guest) => guest.search('피자'),
    sign: (guest) => guest.at('empty'),
    leave: (guest) => guest.endSearch(),
  },
  {
    name: 'dish',
    reach: (guest) => guest.openDish('김치찌개'),
    sign: addTo,
  },
  {
    name: 'dish-unanswered',
    reach: (guest) => addTo(guest).click(),
    sign: (guest) => guest.at('option-error'),
  },
  {
    name: 'dish-chosen',
    async reach(guest) {
      const group = (nth) => guest.at('option-group').nth(nth).getByTestId('option');
      await group(0).nth(1).click();
      for (const nth of [0, 1, 2, 3]) await group(1).nth(nth).click();
      await guest.at('item-note').fill('파는 빼 주세요');
      await guest.at('item-dialog').getByTestId('stepper-more').click();
    },
    sign: (guest) => guest.page.locator('[data-testid="option"] input:disabled').locator('..').first(),
  },
  {
    name: 'dish-sold-out',
    reach: (guest) => guest.server.changeMenu('is_available = false', '김치찌개'),
    sign: (guest) => guest.page.locator('[data-testid="add-to-cart"][aria-disabled]'),
    leave: (guest) => guest.page.keyboard.press('Escape'),
  },
  {
    name: 'menu-sold-out',
    within: '.dish.sold',
    reach: (guest) => guest.dish('김치찌개').scrollIntoViewIfNeeded(),
    sign: (guest) => guest.dish('김치찌개').getByTestId('sold-out'),
    async leave(guest) {
      await guest.server.changeMenu('is_available = true', '김치찌개');
      await guest.dish('김치찌개').getByTestId('sold-out').waitFor({ state: 'hidden' });
    },
  },
];
