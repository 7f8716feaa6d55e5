import '../kept-ideas/store.js';

/** What can be done without net: the pages kept, and forgetting it all. */
export default async function (page) {
  const { keptIdeas } = globalThis;
  const noNet = page.querySelector('[data-no-net]');
  const forget = page.querySelector('[data-forget]');
  const tell = () => { noNet.hidden = navigator.onLine; };

  tell();
  addEventListener('online', tell);
  addEventListener('offline', tell);
  page.querySelector('[data-again]').addEventListener('click', () => location.reload());
  forget.addEventListener('click', async () => {
    if (!forget.dataset.sure) {
      forget.dataset.sure = 'asked';
      forget.textContent = page.dataset.sure;
      return;
    }
    await keptIdeas.forget();
    try { localStorage.clear(); } catch { /* Not allowed. */ }
    page.querySelector('[data-forgotten]').hidden = false;
    forget.closest('p').hidden = true;
    await listPages();
  });
  await listPages();

  async function listPages() {
    const list = page.querySelector('[data-pages]');
    const kept = 'caches' in globalThis ? await keptPages() : [];
    list.replaceChildren(...kept.map(({ path, title }) => {
      const item = document.createElement('li');
      item.append(Object.assign(document.createElement('a'), { href: path, textContent: title, dir: 'auto' }));
      return item;
    }));
    page.querySelector('[data-some]').hidden = kept.length === 0;
    page.querySelector('[data-none]').hidden = kept.length > 0;
  }
}

async function keptPages() {
  const found = new Map();
  for (const name of (await caches.keys()).filter(each => /^motette-(core|read)-/.test(each))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const path = new URL(request.url).pathname;
      if (['/language', '/offline', '/ideas/offline'].includes(path) || found.has(path) && !request.url.endsWith(`lang=${document.documentElement.lang}`)) continue;
      const html = await (await cache.match(request)).text();
      found.set(path, new DOMParser().parseFromString(html, 'text/html').title.replace(/ – Motette$/, ''));
    }
  }
  return [...found].map(([path, title]) => ({ path, title }));
}
