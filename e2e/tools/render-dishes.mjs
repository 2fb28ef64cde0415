// Draws the dish pictures at every width that the apps ask for.
//   node tools/render-dishes.mjs [slug]   reads ../crates/server/assets/dishes/*.svg, writes *-<width>.webp beside them
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { drawer } from './draw.mjs';

const folder = new URL('../../crates/server/assets/dishes/', import.meta.url);
const widths = [320, 640, 960];

const { draw, close } = await drawer();
const only = process.argv[2];
for (const name of (await readdir(folder)).filter((file) => (only ? file === `${only}.svg` : file.endsWith('.svg'))).sort()) {
  const svg = await readFile(new URL(name, folder), 'utf8');
  for (const width of widths) {
    const bytes = await draw(svg, { width, height: (width * 3) / 4, type: 'image/webp', quality: 0.72 });
    await writeFile(new URL(name.replace('.svg', `-${width}.webp`), folder), bytes);
  }
  console.log(name);
}
await close();
