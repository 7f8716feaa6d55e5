/*
 * Ideas kept on this device. A classic script and a module alike: pages import it, and the service worker, which sends when no page
 * is open. What people wrote lies encrypted (AES-GCM); the key cannot be taken out of the browser and goes when they sign out.
 * Beside it in clear: a random id, the state, times and sizes.
 *
 * States: here (being written), waiting (to be sent), sending, sent, needs-you. Why somebody is needed: sign-in, account, server
 * (its sentences), refused (it answered in no words).
 */
globalThis.keptIdeas ??= (() => {
  const SEND = '/ideas/offline';
  const WAITS = [5, 15, 60, 300, 900];
  const ROOM_LEFT = 2 ** 20;
  const supported = Boolean(globalThis.indexedDB && globalThis.crypto?.subtle);
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('kept-ideas') : undefined;
  const text = new TextEncoder();
  let opening;

  if (channel) channel.onmessage = ({ data }) => tellHere(data);

  function open() {
    return opening ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open('kept-ideas', 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore('keys');
        asked.result.createObjectStore('ideas', { keyPath: 'id' });
      };
      asked.onsuccess = () => {
        const database = asked.result;
        database.onversionchange = () => { opening = undefined; database.close(); };
        database.onclose = () => { opening = undefined; };
        resolve(database);
      };
      asked.onerror = () => { opening = undefined; reject(asked.error); };
    });
  }

  /** Done when it is on the disk; what work returns is a request, whose result is the answer. */
  async function within(stores, mode, work) {
    const database = await open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(stores, mode, { durability: 'strict' });
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request?.error ?? new DOMException('', 'AbortError'));
      let request;
      try {
        request = work(...stores.map(name => transaction.objectStore(name)));
      } catch (broken) {
        reject(broken);
        transaction.abort();
      }
    });
  }

  async function deviceKey(make) {
    const known = await within(['keys'], 'readonly', keys => keys.get('device'));
    if (known || !make) return known;
    let chosen = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    await within(['keys'], 'readwrite', keys => {
      const asked = keys.get('device');
      asked.onsuccess = () => {
        if (asked.result) chosen = asked.result;
        else keys.put(chosen, 'device');
      };
    });
    return chosen;
  }

  async function seal(key, id, bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text.encode(id) }, key, bytes) };
  }

  function unseal(key, id, { iv, bytes }) {
    return crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: text.encode(id) }, key, bytes);
  }

  async function sealHead(key, id, head) {
    return seal(key, id, text.encode(JSON.stringify(head)));
  }

  async function unsealHead(key, { id, head }) {
    return JSON.parse(new TextDecoder().decode(await unseal(key, id, head)));
  }

  /** 32 random bytes in Base64 for addresses: the server hands in one idea for each. */
  function fresh() {
    return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
      .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  }

  /**
   * Keeps an idea, anew or over what was kept. An idea on its way or sent is not written over.
   *
   * @param idea { id?, state, wanted, owner, continues, fields, photos: [{ blob, alt }], email, opened }
   * @returns its id; undefined when it is on its way already
   * @throws DOMException QuotaExceededError with `missing` in bytes
   */
  async function keep({ id = crypto.randomUUID(), state, photos = [], ...said }) {
    const bytes = photos.reduce((sum, { blob }) => sum + blob.size, 65536);
    await checkRoom(bytes);
    const key = await deviceKey(true);
    const before = await record(id);
    const known = before ? await unsealHead(key, before) : {};
    const typed = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    const head = { ...known, ...typed, key: known.key ?? typed.key ?? fresh(), alts: photos.map(({ alt }) => alt), why: undefined, answer: undefined };
    const sealed = {
      id, state, bytes, changedAt: Date.now(), tries: 0, next: 0,
      head: await sealHead(key, id, head),
      photos: await Promise.all(photos.map(async ({ blob }) => seal(key, id, await blob.arrayBuffer()))),
    };
    let kept = true;
    try {
      await within(['ideas'], 'readwrite', ideas => {
        const asked = ideas.get(id);
        asked.onsuccess = () => {
          kept = !['sending', 'sent'].includes(asked.result?.state);
          if (kept) ideas.put(sealed);
        };
      });
    } catch (broken) {
      throw broken?.name === 'QuotaExceededError' ? full(bytes) : broken;
    }
    tell(id);
    return kept ? id : undefined;
  }

  async function checkRoom(bytes) {
    const { quota, usage } = await room();
    if (quota !== undefined && quota - usage < bytes * 1.1 + ROOM_LEFT) throw full(bytes * 1.1 + ROOM_LEFT - (quota - usage));
  }

  function full(missing) {
    return Object.assign(new DOMException('', 'QuotaExceededError'), { missing });
  }

  async function room() {
    try {
      return await navigator.storage.estimate();
    } catch {
      return {};
    }
  }

  function record(id) {
    return within(['ideas'], 'readonly', ideas => ideas.get(id));
  }

  async function get(id) {
    const key = await deviceKey(false);
    const sealed = key && await record(id);
    if (!sealed) return undefined;
    const head = await unsealHead(key, sealed);
    const photos = await Promise.all(sealed.photos.map(async (photo, n) =>
      ({ blob: new Blob([await unseal(key, id, photo)], { type: 'image/jpeg' }), alt: head.alts[n] ?? '' })));
    return { ...head, id, state: sealed.state, changedAt: sealed.changedAt, photos };
  }

  /** All that can be read, newest first, without photos; what no key opens any more goes. */
  async function all() {
    const key = await deviceKey(false);
    const sealed = await within(['ideas'], 'readonly', ideas => ideas.getAll());
    const read = await Promise.all(sealed.map(async one => {
      try {
        return { ...await unsealHead(key, one), ...one, head: undefined, photos: undefined, count: one.photos.length };
      } catch {
        await remove(one.id);
        return undefined;
      }
    }));
    return read.filter(Boolean).sort((a, b) => b.changedAt - a.changedAt);
  }

  async function remove(id) {
    await within(['ideas'], 'readwrite', ideas => ideas.delete(id));
    tell(id);
  }

  /** The key goes first: from then on nothing kept can be read. */
  async function forget() {
    if (supported) {
      await within(['keys', 'ideas'], 'readwrite', (keys, ideas) => { keys.clear(); ideas.clear(); });
      tell();
    }
    if ('caches' in globalThis) {
      const names = await caches.keys();
      await Promise.all(names.filter(name => /^motette-(read|photos)/.test(name)).map(name => caches.delete(name)));
    }
  }

  async function change(id, plain, said) {
    const key = await deviceKey(false);
    const sealed = key && await record(id);
    if (!sealed) return;
    const head = await sealHead(key, id, { ...await unsealHead(key, sealed), ...said });
    await within(['ideas'], 'readwrite', ideas => ideas.put({ ...sealed, ...plain, head }));
    tell(id);
  }

  /** Tabs and the worker do not send at once where the browser has locks; where not, the server takes each key once. */
  async function send() {
    if (!supported) return 0;
    return globalThis.navigator.locks
      ? navigator.locks.request('kept-ideas', { ifAvailable: true }, lock => lock ? sendAll() : 0)
      : sendAll();
  }

  /** @returns how many still wait for a net */
  async function sendAll() {
    const due = (await all()).filter(isDue);
    if (due.length === 0) return 0;
    let sender;
    try {
      sender = await ask();
    } catch {
      return due.length;
    }
    let left = 0;
    for (const idea of due) {
      const why = hindrance(idea.owner ?? '', sender.sender);
      if (why === 'somebody-else') continue;
      if (why) {
        if (idea.why !== why || idea.state !== 'needs-you') await change(idea.id, { state: 'needs-you' }, { why });
      } else {
        const answer = await deliver(idea.id, '', sender);
        if (answer.state === 'later') left += 1;
      }
    }
    return left;
  }

  function isDue({ state, next, why }) {
    return next <= Date.now() && (state === 'waiting' || state === 'sending' || state === 'needs-you' && why === 'sign-in');
  }

  /** Nothing goes out under another name than it was begun with. */
  function hindrance(owner, sender) {
    if (owner === sender) return '';
    if (owner === '') return 'account';
    return sender === '' ? 'sign-in' : 'somebody-else';
  }

  async function ask() {
    const answer = await fetch(`${SEND}/sender`, { cache: 'no-store', headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(15000) });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  async function deliver(id, deed, sender) {
    const idea = await get(id);
    if (!idea || idea.state === 'sent') return { state: 'gone' };
    const before = idea.state;
    await change(id, { state: 'sending' }, { why: undefined, answer: undefined });
    const parts = new FormData();
    const alts = Object.fromEntries(idea.photos.map(({ alt }, n) => [`alt${n}`, alt]));
    parts.append('idea', JSON.stringify({
      ...idea.fields, ...alts, key: idea.key, deed, continues: idea.continues ?? '', email: sender.sender ? '' : idea.email ?? '',
      opened: idea.opened ?? '', 'your-site': idea.trap ?? '',
    }));
    idea.photos.forEach(({ blob }, n) => parts.append(`photo${n}`, blob, `${n}.jpg`));
    let answer;
    try {
      const response = await fetch(SEND, {
        method: 'POST', body: parts, signal: AbortSignal.timeout(120000),
        headers: { Accept: 'application/json', ...(sender.csrf && { 'X-CSRF-Token': sender.csrf }) },
      });
      answer = await said(response);
    } catch {
      answer = { state: 'later' };
    }
    await note(id, answer, deed ? before : 'waiting', idea);
    return answer;
  }

  async function said(response) {
    if (/json/.test(response.headers.get('Content-Type') ?? '')) {
      const answer = await response.json();
      if (answer.state) return answer;
    }
    return response.status >= 500 || response.status === 403 || response.status === 429
      ? { state: 'later', seconds: Number(response.headers.get('Retry-After')) || 0 }
      : { state: 'needs-you' };
  }

  async function note(id, answer, before, idea) {
    const tries = ((await record(id))?.tries ?? 0) + 1;
    switch (answer.state) {
      case 'sent':
        return change(id, { state: 'sent', photos: [], bytes: 0, changedAt: Date.now() },
          { fields: { title: idea.fields.title }, alts: [], email: undefined, why: undefined, answer });
      case 'draft':
        return remove(id);
      case 'later':
        return change(id, { state: before, tries, next: Date.now() + 1000 * (answer.seconds || WAITS[Math.min(tries, WAITS.length) - 1]) },
          { answer: answer.sentences ? answer : undefined });
      default:
        return change(id, { state: 'needs-you' }, { why: answer.sentences?.length ? 'server' : 'refused', answer });
    }
  }

  /** Sends one at once, because the person asks: to hand it in, or to look at it in the steps of proposing. */
  async function sendNow(id, { deed = '', asAccount = false } = {}) {
    let sender;
    try {
      sender = await ask();
    } catch {
      return { state: 'later' };
    }
    const idea = await get(id);
    if (!idea) return { state: 'gone' };
    if (asAccount && sender.sender && !idea.owner) await change(id, {}, { owner: sender.sender });
    const why = hindrance(asAccount && !idea.owner ? sender.sender : idea.owner ?? '', sender.sender);
    if (why && !(deed && why === 'account')) {
      await change(id, { state: 'needs-you' }, { why });
      return { state: 'needs-you' };
    }
    const work = () => deliver(id, deed, sender);
    return navigator.locks ? navigator.locks.request('kept-ideas', work) : work();
  }

  /** What this person may see here: their own ideas and those begun without a sign-in. */
  function isSeenBy(idea, sender) {
    return !idea.owner || idea.owner === sender;
  }

  function tell(id) {
    channel?.postMessage(id);
    tellHere(id);
  }

  function tellHere(id) {
    if ('document' in globalThis) document.dispatchEvent(new CustomEvent('kept-ideas', { detail: id }));
  }

  return { supported, keep, get, all, remove, forget, send, sendNow, ask, room, isSeenBy };
})();
