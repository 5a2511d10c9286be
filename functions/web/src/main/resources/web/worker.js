// Keeps the page and its files, so that it opens without a connection. Everything else goes to the server.
const ASSETS = ['{{assets}}'];
const CACHE = 'knatter-page';
const PATIENCE = 4000;

self.addEventListener('install', event => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(ASSETS);
    await cache.put('/', await ownPage());
    await self.skipWaiting();
  })());
});

/** In the middle of a roll-out the server may answer with the page of another version, whose files are not kept here. */
async function ownPage() {
  const page = await fetch(new Request('/', { cache: 'reload' }));
  const text = await page.clone().text();
  const names = [...text.matchAll(/href="(\/assets\/[^"]+)"/g)].map(match => match[1]);
  if (!page.ok || !names.every(name => ASSETS.includes(name))) {
    throw new Error('The page is of another version.'); // the browser installs the worker another time
  }
  return page;
}

self.addEventListener('activate', event => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    for (const request of await cache.keys()) {
      const path = new URL(request.url).pathname;
      if (path !== '/' && !ASSETS.includes(path)) {
        await cache.delete(request);
      }
    }
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin) {
    return;
  }
  if (url.pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(url.pathname).then(kept => kept ?? fetch(event.request)));
  } else if (url.pathname === '/') {
    event.respondWith(page(event.request));
  }
});

/** The server's, and the one that is kept where no server answers, or not soon: a line may be there and carry nothing. */
async function page(request) {
  const kept = await caches.match('/');
  const asked = fetch(request);
  if (kept === undefined) {
    return asked;
  }
  const answered = asked.then(response => response.status < 500 ? response : kept, () => kept);
  return Promise.race([answered, new Promise(resolve => setTimeout(resolve, PATIENCE, kept))]);
}
