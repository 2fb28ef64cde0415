// Draws the guests' app's icons for home screens from ../customer-web/public/icon.svg, and writes them beside it.
//   node tools/render-icons.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { drawer } from './draw.mjs';

const folder = new URL('../../customer-web/public/', import.meta.url);
const plain = await readFile(new URL('icon.svg', folder), 'utf8');
// Systems cut these into a shape of their own: colour to the edge, the drawing within the inner four fifths.
const full = plain.replace(' rx="112"', '').replace('scale(17.5)', 'scale(14)');
const icons = [['icon-192.png', 192, plain], ['icon-512.png', 512, plain], ['icon-maskable-512.png', 512, full], ['apple-touch-icon.png', 180, full]];

const { draw, close } = await drawer();
for (const [name, size, svg] of icons) {
  await writeFile(new URL(name, folder), await draw(svg, { width: size, height: size, type: 'image/png' }));
}
await close();
