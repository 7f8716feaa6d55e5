// After each tick the server says what the ballot comes to and keeps it; this only shows it. What it says last is right.
export default function (form) {
  const said = form.querySelector('[data-said]');
  const button = form.querySelector('[data-sum]');
  let asking;
  let pause;
  button.hidden = true;
  form.addEventListener('change', ask);
  form.addEventListener('input', event => { if (event.target.type === 'number') ask(); });
  // Going back in the browser shows ticks that the sums were not made for.
  addEventListener('pageshow', event => { if (event.persisted) ask(); });
  form.addEventListener('submit', () => { clearTimeout(pause); asking?.abort(); });
  // Who was quicker than this script, or comes back to a page that the browser filled in again, has ticked what nobody has summed.
  if ([...form.elements].some(field => field.checked !== field.defaultChecked || field.type === 'number' && field.value !== field.defaultValue)) ask();

  function ask() {
    clearTimeout(pause);
    pause = setTimeout(total, 120);
  }

  async function total() {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.total, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: asking.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      for (const sum of await answer.json()) show(sum);
      said.textContent = '';
      button.hidden = true;
    } catch (error) {
      if (error.name === 'AbortError') return;
      said.textContent = form.dataset.failed;
      button.hidden = false;
    }
  }

  function show({ district, words, left, exceeds, percent }) {
    const place = form.querySelector(`.ballot-sum[data-district="${CSS.escape(district)}"]`);
    if (!place) return;
    place.dataset.exceeds = String(exceeds);
    place.querySelector('[data-words]').textContent = words;
    place.querySelector('[data-left]').textContent = left;
    const bar = place.querySelector('progress');
    if (bar) bar.value = percent;
  }
}
