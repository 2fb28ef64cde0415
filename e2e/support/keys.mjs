// A person with a keyboard and nothing else. Wherever the focus goes it is seen.
import { expect } from '@playwright/test';

// Why a person would not see where the focus is; nothing when they would.
function hiddenFocus() {
  const focused = document.activeElement;
  if (!focused || focused === document.body || focused.matches('h1, h2')) return null;
  const box = focused.getBoundingClientRect();
  const nameOf = (element) => element.outerHTML.slice(0, 100);
  const spot = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const around = focused.closest('label') ?? focused;
  if (!spot || !(around.contains(spot) || spot.contains(focused))) {
    return `${nameOf(focused)} is ${spot ? `under ${nameOf(spot)}` : 'off the screen'}`;
  }
  const ringed = ([element, pseudo]) => {
    const style = getComputedStyle(element, pseudo);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  // A card's button draws its ring around the card.
  const cards = [];
  for (let above = focused.parentElement; above && cards.length < 4; above = above.parentElement) cards.push([above]);
  const places = [[focused], [focused, '::after'], [focused, '::before'], [around], ...cards];
  return places.some(ringed) ? null : `no ring: ${nameOf(focused)}`;
}

// Presses a key until the focus is there.
export async function go(page, target, key = 'Tab') {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press(key);
    expect(await page.evaluate(hiddenFocus), 'the focus is seen').toBeNull();
    if (await target.evaluateAll((all) => all.includes(document.activeElement))) return;
  }
  throw new Error(`${key} never reaches ${target}`);
}

export async function press(page, target, key = 'Enter', way = 'Tab') {
  await go(page, target, way);
  await page.keyboard.press(key);
}
