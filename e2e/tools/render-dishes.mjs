// Draws the dish pictures at every width that the apps ask for.
//   node tools/render-dishes.mjs [slug]   reads ../crates/server/assets/dishes/*.svg, writes *-<width>.webp beside them
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';

const folder = new URL('../../crates/server/assets/dishes/', import.meta.url);
const widths = [320, 640, 960];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
const only = process.argv[2];
for (const name of (await readdir(folder)).filter((file) => (only ? file === `${only}.svg` : file.endsWith('.svg'))).sort()) {
  const svg = await readFile(new URL(name, folder), 'utf8');
  for (const width of widths) {
    const bytes = await page.evaluate(async ({ svg, width }) => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width, height: (width * 3) / 4 });
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/webp', 0.72));
      return [...new Uint8Array(await blob.arrayBuffer())];
    }, { svg, width });
    await writeFile(new URL(name.replace('.svg', `-${width}.webp`), folder), Uint8Array.from(bytes));
  }
  console.log(name);
}
await browser.close();
