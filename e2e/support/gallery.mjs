// A page of every picture that `npm run screens` took: one state a row, one size a column.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { walks } from '../states/index.mjs';
import { walks as managerWalks } from '../states/manager/index.mjs';

const folder = 'screens';
const sizes = ['tablet', 'portrait', 'small', 'phone', 'narrow', 'desktop'];
const states = [walks, managerWalks].flatMap(Object.values).flat().map((state) => state.name);

async function files(path) {
  return readdir(join(folder, path)).catch(() => []);
}

function table(set, columns, has) {
  const shown = states.filter((state) => columns.some((size) => has.has(`${size}/${state}`)));
  const cell = (size, state) => {
    const path = `${set}/${size}/${state}.jpg`;
    return has.has(`${size}/${state}`) ? `<td><a href="${path}"><img loading="lazy" src="${path}" alt="${state}, ${size}, ${set}"></a></td>` : '<td>–</td>';
  };
  const rows = shown.map((state) => `<tr id="${set}-${state}"><th>${state}</th>${columns.map((size) => cell(size, state)).join('')}</tr>`);
  return `<section id="${set}"><h2>${set}</h2><table><tr><th></th>${columns.map((size) => `<th>${size}</th>`).join('')}</tr>${rows.join('\n')}</table></section>`;
}

// Writes screens/index.html from the pictures that are there.
export async function writeGallery() {
  const sets = (await files('')).filter((name) => !name.includes('.'));
  const sections = [];
  for (const set of sets.sort()) {
    const has = new Set();
    for (const size of sizes) {
      for (const file of await files(join(set, size))) has.add(`${size}/${file.replace('.jpg', '')}`);
    }
    sections.push(table(set, sizes.filter((size) => [...has].some((one) => one.startsWith(`${size}/`))), has));
  }
  const links = sets.map((set) => `<a href="#${set}">${set}</a>`).join(' ');
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every screen and state</title>
<style>
  body { font: 15px system-ui; margin: 16px; background: #eee }
  nav { position: sticky; top: 0; background: #eee; padding: 8px 0 }
  img { max-width: 100%; max-height: 340px; display: block; box-shadow: 0 1px 4px #0004 }
  th { text-align: start; vertical-align: top; padding-inline-end: 12px }
  td { vertical-align: top; padding: 4px }
</style>
<nav>${links}</nav>${sections.join('\n')}</html>
`,
  );
}
