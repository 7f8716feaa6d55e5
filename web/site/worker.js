/*
 * Imported by /service-worker.js, which names VERSION, ASSETS, LANGUAGES and KEPT (a pattern of the paths that everybody may read).
 *
 * Pages come from the network; without one, from what the device kept, with the moment it was kept. Kept is only what the worker itself
 * fetched as a guest, without cookies, and what the server does not call private. Nothing but GET is ever answered here.
 */
/* global VERSION, ASSETS, LANGUAGES, KEPT, keptIdeas */
const CORE = `motette-core-${VERSION}`;
const READ = `motette-read-${VERSION}`;
const FILES = `motette-files-${VERSION}`;
const PHOTOS = 'motette-photos';
const START = ['/', '/ideas', '/offline', '/ideas/offline'];
const WRITE = '/ideas/offline';
const HELP = '/offline';
const PATIENCE = 4000;
const MINUTE = 60000;
const MOST_READ = 30;
const MOST_PHOTOS = 40;

addEventListener('install', event => event.waitUntil((async () => {
  const lang = spoken(navigator.language);
  await keepStart(lang, 0);
  if (!await (await caches.open(CORE)).match(address(HELP, lang))) throw new Error('Nothing to help with: not installed.');
  await skipWaiting();
})()));

addEventListener('activate', event => event.waitUntil((async () => {
  const names = await caches.keys();
  await Promise.all(names
    .filter(name => name.startsWith('motette-') && ![CORE, READ, FILES, PHOTOS].includes(name))
    .map(name => caches.delete(name)));
  await registration.navigationPreload?.enable();
  await clients.claim();
})()));

addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(event, url));
  else if (url.pathname.startsWith(`${ASSETS}/`)) event.respondWith(file(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(olderFile(request, url));
  else if (url.pathname.startsWith('/photos/')) event.respondWith(photo(event, request));
});

addEventListener('message', event => {
  const { kind, lang, path, query, sparing } = event.data ?? {};
  if (kind === 'keep') event.waitUntil(keepRead(spoken(lang), path, query, sparing));
});

addEventListener('sync', event => {
  if (event.tag === 'kept-ideas') event.waitUntil(keptIdeas.send().then(left => { if (left > 0) throw new Error('no net yet'); }));
});

// Answering

async function page(event, url) {
  const network = Promise.resolve(event.preloadResponse).then(answer => answer ?? fetch(event.request));
  const first = await Promise.race([
    network.catch(() => undefined).then(answer => ({ answer })),
    new Promise(resolve => { setTimeout(resolve, PATIENCE, {}); }),
  ]);
  if (first.answer) return first.answer;
  const kept = await keptPage(url);
  if (kept) return kept;
  return network.catch(async () => (url.pathname.startsWith('/ideas/new') && await keptPage(new URL(WRITE, url)))
    || await keptPage(new URL(HELP, url)) || Response.error());
}

async function keptPage(url) {
  const wanted = url.searchParams.get('lang');
  const others = [...url.searchParams.keys()].some(name => name !== 'lang' && name !== 'said');
  if (others) return undefined;
  const languages = [...new Set([wanted && spoken(wanted), await lastLanguage(), ...LANGUAGES].filter(Boolean))];
  for (const lang of languages) {
    for (const name of [CORE, READ]) {
      const kept = await (await caches.open(name)).match(address(url.pathname, lang));
      if (kept) return stamped(kept, url.pathname, lang);
    }
  }
  return undefined;
}

/** Says in the page itself from when it is, so that nobody takes old figures for new. */
async function stamped(kept, path, lang) {
  const time = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(kept.headers.get('X-Kept-At')));
  const html = (await kept.text()).replace('data-live', 'data-from-device');
  const says = START.slice(2).includes(path) ? html : html.replace('data-kept hidden', 'data-kept').replace('{time}', time);
  return new Response(says, { headers: kept.headers });
}

async function file(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (isOfThisVersion(answer)) await files.put(request.url, answer.clone()).catch(() => {});
  return answer;
}

/** For a page that was open before this version came: where the net does not answer, the file of now has to do. */
async function olderFile(request, url) {
  try {
    return await fetch(request);
  } catch {
    const now = url.href.replace(/\/assets\/[^/]+/, ASSETS);
    return await (await caches.open(FILES)).match(now) ?? Response.error();
  }
}

/** While versions change, another one may answer by sending elsewhere; that is not to be kept under this address. */
function isOfThisVersion(answer) {
  return answer?.status === 200 && !answer.redirected;
}

async function photo(event, request) {
  const photos = await caches.open(PHOTOS);
  try {
    const answer = await fetch(request);
    if (answer.status === 200 && isForEverybody(answer)) {
      event.waitUntil(photos.put(request.url, answer.clone()).then(() => trim(photos, MOST_PHOTOS)).catch(() => {}));
    }
    return answer;
  } catch {
    return await photos.match(request.url) ?? Response.error();
  }
}

// Keeping

async function keepRead(lang, path, query, sparing) {
  if (sparing) return;
  const core = await caches.open(CORE);
  await core.put('/language', new Response(lang));
  await keepStart(lang, 10 * MINUTE);
  const only = new URLSearchParams(query);
  only.delete('lang');
  if (KEPT.test(path) && !START.includes(path) && only.size === 0) {
    const read = await caches.open(READ);
    await keep(read, path, lang, 60 * MINUTE);
    await trim(read, MOST_READ);
  }
}

/** @param age milliseconds for which what is kept is good enough */
async function keepStart(lang, age) {
  const core = await caches.open(CORE);
  for (const path of START) await keep(core, path, lang, age);
}

/** As a guest sees it: without cookies, so that nothing of whoever uses the device goes in. */
async function keep(cache, path, lang, age) {
  const at = address(path, lang);
  const before = await cache.match(at);
  if (before && Date.now() - Date.parse(before.headers.get('X-Kept-At')) < age) return;
  const answer = await fetch(at, { credentials: 'omit', cache: 'no-store' });
  if (answer.status !== 200 || answer.redirected || !isForEverybody(answer)) {
    await cache.delete(at);
    return;
  }
  const html = await answer.text();
  const headers = new Headers(answer.headers);
  ['Content-Encoding', 'Content-Length', 'Set-Cookie'].forEach(name => headers.delete(name));
  headers.set('X-Kept-At', new Date().toISOString());
  await keepFiles(html);
  await cache.delete(at);
  await cache.put(at, new Response(html, { headers }));
}

function isForEverybody(answer) {
  return !/no-store|private/.test(answer.headers.get('Cache-Control') ?? 'private');
}

/** What the page cannot do without: style sheets, scripts and their modules, pictures of our own. */
async function keepFiles(html) {
  const named = [...html.matchAll(/(?:href|src|data-[a-z]+)="(\/assets\/[^"#?]+)/g)].map(([, path]) => path);
  const modules = [...html.matchAll(/data-module="([^"]+)"/g)]
    .flatMap(([, names]) => names.split(' ')).map(name => `${ASSETS}/components/${name}/${name}.js`);
  const seen = new Set();
  const open = [...named, ...modules];
  const files = await caches.open(FILES);
  while (open.length > 0) {
    const path = open.pop();
    if (seen.has(path) || !path.startsWith(`${ASSETS}/`) || path.includes('/leaflet/')) continue;
    seen.add(path);
    const text = await fileText(files, path);
    for (const [, next] of text.matchAll(/(?:@import\s+(?:url\()?|from\s+|import\s*\(?)["']([^"'$]+\.(?:css|js))["']/g)) {
      open.push(new URL(next, new URL(path, location.origin)).pathname);
    }
  }
}

async function fileText(files, path) {
  let answer = await files.match(path);
  if (!answer) {
    answer = await fetch(path, { credentials: 'omit' }).catch(() => undefined);
    if (!isOfThisVersion(answer)) return '';
    await files.put(path, answer.clone());
  }
  return /\.(css|js)$/.test(path) ? answer.text() : '';
}

async function trim(cache, most) {
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - most)).map(request => cache.delete(request)));
}

async function lastLanguage() {
  const kept = await (await caches.open(CORE)).match('/language');
  return kept ? kept.text() : undefined;
}

function spoken(tag) {
  return LANGUAGES.find(lang => lang === tag) ?? LANGUAGES.find(lang => lang === String(tag).split('-')[0]) ?? LANGUAGES[0];
}

function address(path, lang) {
  return new URL(`${path}?lang=${lang}`, location.origin).href;
}
