import { start } from '../../main.js';

export default function (form) {
  let asking;
  let pause;
  form.addEventListener('change', () => {
    clearTimeout(pause);
    pause = setTimeout(refresh, 300);
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    clearTimeout(pause);
    refresh();
  });

  async function refresh() {
    asking?.abort();
    asking = new AbortController();
    const url = new URL(form.action);
    url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
    const target = document.getElementById(form.dataset.target);
    if (!target) return location.assign(url);
    target.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(url, { signal: asking.signal, headers: { 'X-Fragment': target.id } });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(target.id);
      if (!answer.ok || !fresh) throw new Error(answer.status);
      // Kept in the page, so that a status inside it is announced.
      target.replaceChildren(...fresh.childNodes);
      target.removeAttribute('aria-busy');
      if (page.title) document.title = page.title;
      history.replaceState(null, '', url);
      start(target);
      document.dispatchEvent(new CustomEvent('motette:filtered'));
    } catch (error) {
      if (error.name !== 'AbortError') location.assign(url);
    }
  }
}
