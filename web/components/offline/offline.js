/**
 * On every page: registers the worker, tells it which public page to keep, sends what waits on this device, and says in one line
 * what is so. Everything here may be missing; the page works as before.
 */
export default function (line) {
  const status = line.querySelector('[data-line]');
  const live = 'live' in line.dataset;
  const signOuts = document.querySelectorAll('form[action="/sign-out"], form[action="/me/sign-ins/ending"]');
  let again;

  if (live) remember();
  whenIdle(register);
  offerInstalling();
  addEventListener('offline', say);
  addEventListener('online', () => { say(); send(); });
  document.addEventListener('kept-ideas', say);
  for (const form of signOuts) form.addEventListener('submit', event => forgetFirst(form, event));
  line.querySelector('[data-reload]')?.addEventListener('click', () => location.reload());
  say();
  if (has('kept-ideas')) whenIdle(send);

  async function register() {
    try {
      const registration = await navigator.serviceWorker?.register(line.dataset.worker);
      if (!registration || !live) return;
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage({ kind: 'keep', lang: document.documentElement.lang, path: location.pathname, query: location.search,
        sparing: Boolean(navigator.connection?.saveData) });
    } catch (error) {
      console.info('No offline use:', error.message);
    }
  }

  async function send() {
    clearTimeout(again);
    const { keptIdeas } = await store();
    try {
      await keptIdeas.send();
      const ideas = await keptIdeas.all();
      mark(ideas.length > 0);
      const next = Math.min(...ideas.filter(({ state }) => state === 'waiting' || state === 'sending').map(idea => idea.next));
      if (Number.isFinite(next)) again = setTimeout(send, Math.max(5000, next - Date.now()));
    } catch (error) {
      console.info('Nothing sent:', error.message);
    }
  }

  async function say() {
    const about = navigator.onLine ? await waiting() : live ? 'gone' : '';
    status.hidden = about === '';
    status.querySelector('[data-words]').textContent = about && line.dataset[about];
    status.querySelector('a').hidden = about === '' || location.pathname === '/offline';
  }

  async function waiting() {
    if (!has('kept-ideas')) return '';
    const { keptIdeas } = await store();
    const states = (await keptIdeas.all().catch(() => [])).map(idea => idea.state);
    if (states.includes('needs-you')) return 'needsYou';
    if (states.some(state => state !== 'sent')) return 'waiting';
    return states.includes('sent') && location.pathname !== '/offline' ? 'sent' : '';
  }

  /** Whoever signs out leaves nothing that the next person could read; what is not sent is said before. */
  async function forgetFirst(form, event) {
    if (form.dataset.forgotten || !has('kept-ideas') && !('caches' in globalThis)) return;
    event.preventDefault();
    const { keptIdeas } = await store();
    const unsent = has('kept-ideas') && (await keptIdeas.all().catch(() => [])).some(({ state }) => state !== 'sent');
    if (unsent && !form.dataset.sure) return warn(form);
    await keptIdeas.forget().catch(() => {});
    mark(false);
    form.dataset.forgotten = 'true';
    form.requestSubmit(event.submitter ?? undefined);
    return undefined;
  }

  function warn(form) {
    const warning = line.querySelector('[data-sign-out]').content.cloneNode(true).firstElementChild;
    warning.querySelector('button').addEventListener('click', () => {
      form.dataset.sure = 'true';
      form.requestSubmit();
    });
    form.after(warning);
    warning.focus();
    form.hidden = true;
  }

  async function remember() {
    const state = line.dataset.signedIn;
    if (read('signed-in') === state || state === 'false' && read('signed-in') === null) return;
    try {
      const { keptIdeas } = await store();
      write('sender', (await keptIdeas.ask()).sender);
      write('signed-in', state);
    } catch { /* Asked again on the next page. */ }
  }

  /** Quiet: a line in the foot, never a window. */
  function offerInstalling() {
    const button = document.querySelector('[data-install]');
    addEventListener('beforeinstallprompt', event => {
      event.preventDefault();
      if (!button) return;
      button.closest('li').hidden = false;
      button.onclick = () => event.prompt();
    });
    addEventListener('appinstalled', () => { if (button) button.closest('li').hidden = true; });
  }

  async function store() {
    await import('../kept-ideas/store.js');
    return globalThis;
  }

  function has(name) {
    return read(name) !== null;
  }

  function mark(any) {
    if (any) write('kept-ideas', 'some');
    else try { localStorage.removeItem('kept-ideas'); } catch { /* Not allowed. */ }
  }

  function read(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  }

  function write(name, value) {
    try { localStorage.setItem(name, value); } catch { /* Not allowed. */ }
  }
}

function whenIdle(work) {
  const later = () => 'requestIdleCallback' in globalThis ? requestIdleCallback(work, { timeout: 3000 }) : setTimeout(work, 500);
  if (document.readyState === 'complete') later();
  else addEventListener('load', later, { once: true });
}
