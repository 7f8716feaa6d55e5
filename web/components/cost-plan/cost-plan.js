// While amounts are typed the server says what they come to; this only shows it.
export default function (form) {
  const said = form.querySelector('[data-said]');
  const button = form.querySelector('[data-sum]');
  let asking;
  let pause;
  button.hidden = true;
  form.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(sum, 250);
  });
  form.addEventListener('submit', () => { clearTimeout(pause); asking?.abort(); });

  async function sum() {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.sums, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: asking.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const sums = await answer.json();
      form.querySelector('[data-cost]').textContent = sums.cost;
      form.querySelector('[data-finance]').textContent = sums.finance;
      said.dataset.state = sums.state;
      said.textContent = sums.said;
      button.hidden = true;
    } catch (error) {
      if (error.name === 'AbortError') return;
      said.textContent = form.dataset.unreckoned;
      button.hidden = false;
    }
  }
}
