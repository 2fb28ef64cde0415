// The guests' app opens without a network: the page as it last was, and the files that it names. One version is kept; the
// next replaces it as a whole, so that page and program always fit. What is under /api and /admin is never touched: menu,
// cart and orders are the app's own business.
const PAGE = '/';
const NAME = /^shell-/;
// Their names hold a hash of their content: up to 16 digits, without zeros in front.
const FILES = /\/[\w.-]+[-.][0-9a-f]{8,16}[\w.]*\.(?:js|wasm|css)/g;
// After so long without an answer the kept page is shown.
const PATIENCE = 3000;

async function nameOf(text) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `shell-${[...new Uint8Array(hash).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

async function keep(response) {
  const text = await response.clone().text();
  const name = await nameOf(text);
  if (await caches.has(name)) return;
  const cache = await caches.open(name);
  try {
    await cache.addAll([...new Set(text.match(FILES)), '/manifest.webmanifest', '/icon.svg']);
    await cache.put(PAGE, response);
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  const others = (await caches.keys()).filter((other) => NAME.test(other) && other !== name);
  await Promise.all(others.map((other) => caches.delete(other)));
}

function isPage(response) {
  return response.ok && !response.redirected && (response.headers.get('content-type') ?? '').startsWith('text/html');
}

async function page(event) {
  const kept = await caches.match(PAGE);
  const fresh = fetch(event.request).then((response) => {
    if (!isPage(response)) return kept?.clone() ?? response;
    event.waitUntil(keep(response.clone()).catch(() => undefined));
    return response;
  });
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept.clone()));
  return Promise.race([fresh.catch(() => kept), late]);
}

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(PAGE, { cache: 'no-cache' }).then(keep));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin || /^\/(?:api|admin|health)(?:\/|$)/.test(pathname)) return;
  if (mode === 'navigate') {
    event.respondWith(page(event));
  } else {
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)));
  }
});
