// Draws the guests' app's icons for home screens from ../customer-web/public/icon.svg, and writes them beside it.
//   node tools/render-icons.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';

const folder = new URL('../../customer-web/public/', import.meta.url);
const plain = await readFile(new URL('icon.svg', folder), 'utf8');
// Systems cut these into a shape of their own: colour to the edge, the drawing within the inner four fifths.
const full = plain.replace(' rx="112"', '').replace('scale(17.5)', 'scale(14)');
const icons = [['icon-192.png', 192, plain], ['icon-512.png', 512, plain], ['icon-maskable-512.png', 512, full], ['apple-touch-icon.png', 180, full]];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const [name, size, svg] of icons) {
  const bytes = await page.evaluate(async ({ svg, size }) => {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    canvas.getContext('2d').drawImage(image, 0, 0, size, size);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, { svg, size });
  await writeFile(new URL(name, folder), Uint8Array.from(bytes));
}
await browser.close();
