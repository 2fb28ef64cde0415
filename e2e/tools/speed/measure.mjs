// The measurements: a cold start, taps, scrolling. Each on a page of its own with a slowed processor.
import { readFile } from 'node:fs/promises';
import { sizes } from '../../support/test.mjs';

export const SLOWED = 4;
// 1.6 Mbit/s down, 0.75 up, 150 ms a round trip.
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

const probe = await readFile(new URL('probe.js', import.meta.url), 'utf8');
const pause = (page, ms) => page.waitForTimeout(ms);

// A page of a signed-in device with nothing in its caches.
async function device(browser, server, size, { cpu = SLOWED, network } = {}) {
  const context = await browser.newContext({ viewport: sizes[size], hasTouch: true, isMobile: size === 'phone', baseURL: server.url, locale: 'ko-KR' });
  const login = { store: 'demo', table_number: '1', password: 'TABLE001' };
  const answer = await context.request.post('/api/auth/table-login', { data: login, headers: { Origin: server.url } });
  if (!answer.ok()) throw new Error(`table-login: ${answer.status()}`);
  await context.addInitScript(probe);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  if (network) await cdp.send('Network.emulateNetworkConditions', network);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  return { context, page, cdp };
}

async function tap(page, target) {
  const box = await target.boundingBox();
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
}

// Taps where the first dish will be until it opens.
async function impatientlyTap(page, cdp) {
  let open = false;
  const opened = page.getByTestId('item-dialog').waitFor({ timeout: 60_000 }).then(() => { open = true; });
  while (!open) {
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 150, y: 330 }] });
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await pause(page, 50);
  }
  await opened;
}

// From nothing to the first tap that counts, by a guest who does not wait.
export async function coldTap(browser, server, size) {
  const { context, page, cdp } = await device(browser, server, size, { network: NETWORK });
  await page.goto('/', { waitUntil: 'commit' });
  await impatientlyTap(page, cdp);
  const tapped = await page.evaluate(() => window.speed.tapped);
  await context.close();
  return tapped;
}

// From nothing to a menu, untouched.
export async function coldStart(browser, server, size) {
  const { context, page, cdp } = await device(browser, server, size, { network: NETWORK });
  let bytes = 0;
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await page.goto('/', { waitUntil: 'commit' });
  await page.waitForFunction(() => window.speed.menu > 0, undefined, { polling: 100, timeout: 60_000 });
  await pause(page, 500);
  const times = await page.evaluate(() => {
    const wasm = performance.getEntriesByType('resource').find((entry) => entry.name.endsWith('.wasm'));
    return {
      shell: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      wasm: wasm.responseEnd,
      menu: window.speed.menu,
    };
  });
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
  const { lcp, shifts } = await page.evaluate(() => window.speed);
  await context.close();
  return { ...times, lcp, cls: shifts, kilobytes: bytes / 1024 };
}

// What a guest taps, and how long until the frame that answers it.
const taps = [
  ['open a dish', (page) => tap(page, page.locator('[data-dish="김치찌개"] [data-testid="dish-open"]').first())],
  ['choose an option', (page) => tap(page, page.getByTestId('option').first())],
  ['add to the cart', (page) => tap(page, page.getByTestId('add-to-cart'))],
  ['one more of a dish', (page) => tap(page, page.locator('[data-dish="해물파전"] [data-testid="dish-add"]').first())],
  ['jump to a category', (page) => tap(page, page.getByTestId('category').nth(2))],
  ['type into the search', async (page) => {
    const field = page.getByTestId('search').or(page.getByTestId('search-phone')).filter({ visible: true });
    if (!(await field.count())) await tap(page, page.getByTestId('search-toggle'));
    await field.focus();
    await page.evaluate(() => { window.speed.events.length = 0; });
    await page.keyboard.press('a');
  }],
  ['another language', async (page) => {
    await page.keyboard.press('Backspace');
    await page.evaluate(() => { scrollTo(0, 0); });
    await pause(page, 400);
    await page.evaluate(() => { window.speed.events.length = 0; });
    await tap(page, page.getByTestId('lang-en').filter({ visible: true }).first());
  }],
];

export async function tapping(browser, server, size, cpu = SLOWED) {
  const { context, page } = await device(browser, server, size, { cpu });
  await page.goto('/');
  await page.locator('[data-testid="dish-open"]').first().waitFor();
  await pause(page, 1_500);
  const found = {};
  for (const [name, act] of taps) {
    await page.evaluate(() => { window.speed.events.length = 0; });
    await act(page);
    await pause(page, 700);
    // An interaction under 16 ms is not reported.
    found[name] = await page.evaluate(() => Math.max(16, ...window.speed.events.map((event) => event.duration)));
  }
  await context.close();
  return found;
}

// A finger that flings through a long menu.
export async function scrolling(browser, server, size) {
  const { context, page, cdp } = await device(browser, server, size);
  await page.goto('/');
  await page.locator('[data-testid="dish-open"]').first().waitFor();
  await pause(page, 1_500);
  const dishes = await page.getByTestId('dish-open').count();
  await page.evaluate(() => {
    window.speed.tasks.length = 0;
    window.speed.stop = window.speed.frames();
  });
  const { width, height } = sizes[size];
  for (let fling = 0; fling < 4; fling += 1) {
    await cdp.send('Input.synthesizeScrollGesture', {
      x: Math.min(width, 900) / 2, y: height * 0.75, yDistance: -height * 2.5, speed: 2_400, gestureSourceType: 'touch', preventFling: false,
    });
  }
  const { frames, tasks } = await page.evaluate(() => ({ frames: window.speed.stop(), tasks: window.speed.tasks }));
  await context.close();
  const late = frames.filter((frame) => frame > 33.4);
  return {
    dishes,
    frames: frames.length,
    share: late.length / frames.length,
    dropped: frames.reduce((sum, frame) => sum + Math.max(0, Math.round(frame / 16.7) - 1), 0),
    tasks: tasks.length,
    longest: Math.max(0, ...tasks.map((task) => task.duration)),
  };
}

// The fixed piece of work, on an empty page.
export async function calibrate(browser) {
  const page = await browser.newPage();
  await page.evaluate(probe);
  const times = [];
  for (let round = 0; round < 5; round += 1) times.push(await page.evaluate(() => window.speed.work()));
  await page.close();
  return times;
}
