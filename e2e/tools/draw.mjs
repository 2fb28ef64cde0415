// Turns drawings (SVG) into pictures, with the browser that the journeys use.
import { chromium } from '@playwright/test';

// draw(svg, {width, height, type, quality}) answers the picture's bytes; close() ends the browser.
export async function drawer() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  const draw = async (svg, picture) => {
    const bytes = await page.evaluate(async ({ svg, width, height, type, quality }) => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      canvas.getContext('2d').drawImage(image, 0, 0, width, height);
      const blob = await new Promise((done) => canvas.toBlob(done, type, quality));
      return [...new Uint8Array(await blob.arrayBuffer())];
    }, { svg, ...picture });
    return Uint8Array.from(bytes);
  };
  return { draw, close: () => browser.close() };
}
