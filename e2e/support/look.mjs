// A look at a screen: the rules of accessibility, in every colour that it comes in, and its measures.
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { layoutFaults } from './layout.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const everything = { type: 'tag', values: tags };
// What a change of colours can break.
const colours = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

const looks = [
  ['light', { colorScheme: 'light', contrast: 'no-preference' }, everything],
  ['dark', { colorScheme: 'dark', contrast: 'no-preference' }, colours],
  ['high contrast', { colorScheme: 'light', contrast: 'more' }, colours],
];

// Where a dialog is open the rest is out of reach; its own screen is looked at without the dialog.
async function violations(page, runOnly, within) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(async ([runOnly, within]) => {
    const dialog = [...document.querySelectorAll('dialog[open]')].pop();
    const options = { runOnly, resultTypes: ['violations'], preload: false, iframes: false };
    const { violations } = await window.axe.run(dialog ?? within ?? document, options);
    return violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
  }, [runOnly, within]);
}

// Colours change within a frame or two; what is half-way is not judged.
export async function show(page, media) {
  await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
  await page.evaluate(async () => {
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
    await new Promise(requestAnimationFrame);
  });
}

// Nothing on the screen breaks a rule. `within`: the part of it that has to be asked about, when the rest was before.
export async function expectSound(page, what, within) {
  const found = [];
  for (const [name, media, rules] of looks) {
    await show(page, media);
    for (const violation of await violations(page, rules, within)) found.push(`${name}: ${violation}`);
    if (name === 'light') found.push(...(await page.evaluate(layoutFaults)));
  }
  await show(page, looks[0][1]);
  expect.soft(found, what).toEqual([]);
}
