// Follows a session: when something was done in the room, the parts of the page that changed are put in place. A part in which
// somebody is typing stays until they are done. Without this script the page is read anew by reloading it.
import { start } from '../../main.js';

export default function (place) {
  const line = place.querySelector('[data-line]');
  let shown = Number(place.dataset.version);
  let known = shown;
  let reading = false;
  let lost = false;
  let source;
  let again;

  // On another day there is nothing to follow.
  if (!place.dataset.events) return;
  connect();
  place.addEventListener('focusout', () => setTimeout(() => { if (known > shown) read(); }));
  document.addEventListener('visibilitychange', () => { if (!document.hidden) connect(); });
  addEventListener('pagehide', () => source?.close());
  addEventListener('offline', gone);
  addEventListener('online', connect);
  place.addEventListener('submit', hold);
  addEventListener('pageshow', event => { if (event.persisted) connect(); });

  function connect() {
    clearTimeout(again);
    source?.close();
    source = new EventSource(place.dataset.events);
    source.addEventListener('room', event => {
      if (lost) say(line.dataset.again);
      lost = false;
      known = Number(event.data);
      if (known > shown) read();
    });
    source.addEventListener('error', () => {
      gone();
      // A browser gives up where the server answers with an error; this does not.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, 3000);
    });
  }

  function gone() {
    if (!lost) say(line.dataset.lost);
    lost = true;
  }

  // Without network a press would lead away from the page to nowhere.
  function hold(event) {
    if (navigator.onLine) return;
    event.preventDefault();
    lost = true;
    say(line.dataset.unsent);
  }

  async function read() {
    if (reading) return;
    reading = true;
    try {
      const until = known;
      const answer = await fetch(location.pathname + location.search);
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const all = put(page);
      if (all) shown = until;
      if (!lost) say(all ? '' : line.dataset.newer);
    } catch (error) {
      say(line.dataset.lost);
    } finally {
      reading = false;
    }
  }

  // True where every part is as the server has it now.
  function put(page) {
    let all = true;
    for (const old of place.querySelectorAll('[data-part]')) {
      const fresh = page.querySelector(`[data-part="${old.dataset.part}"]`);
      if (fresh && same(old, fresh)) continue;
      if (typing(old)) { all = false; continue; }
      if (fresh) keepOpen(old, fresh);
      if (fresh) { const focus = focused(old); old.replaceWith(fresh); start(fresh); focus?.(fresh); } else old.hidden = true;
    }
    // A part that was not there before, or a page that has other parts now, is simply opened anew.
    for (const fresh of page.querySelectorAll('[data-part]')) {
      if (!place.querySelector(`[data-part="${fresh.dataset.part}"]`)) { if (all) location.reload(); all = false; }
    }
    return all;
  }

  // A key of a form that is made anew with each page is no change.
  function same(old, fresh) {
    return text(old) === text(fresh);
  }

  function text(part) {
    const copy = part.cloneNode(true);
    for (const key of copy.querySelectorAll('[name=request_id]')) key.removeAttribute('value');
    for (const box of copy.querySelectorAll('details')) box.removeAttribute('open');
    return copy.innerHTML.replace(/\s+/g, ' ');
  }

  function typing(part) {
    return [...part.querySelectorAll('input:not([type=hidden]), textarea, select')].some(field =>
      field === document.activeElement && field.tagName !== 'SELECT' && field.type !== 'radio' && field.type !== 'checkbox'
      || (field.tagName === 'TEXTAREA' || field.type === 'text' || field.type === '') && field.value !== field.defaultValue);
  }

  function keepOpen(old, fresh) {
    const boxes = [...fresh.querySelectorAll('details')];
    old.querySelectorAll('details').forEach((box, i) => {
      if (box.open && boxes[i]?.querySelector('summary').textContent === box.querySelector('summary').textContent) boxes[i].open = true;
    });
  }

  // Whoever stood on a button with the keyboard stands on the same one afterwards.
  function focused(part) {
    const active = document.activeElement;
    if (!part.contains(active)) return null;
    const all = [...part.querySelectorAll('a, button, input, summary, select')];
    const place = all.indexOf(active);
    return fresh => fresh.querySelectorAll('a, button, input, summary, select')[place]?.focus({ preventScroll: true });
  }

  function say(words) {
    line.textContent = words;
    line.hidden = !words;
  }
}
