// A shared tablet: waits for its ballot, forgets it when nobody touches the screen, and casts nothing that the server has not taken.
const SCREEN = '/votes/kiosk/screen';
const POLL = 2000;
const ASK_AFTER = 60000;
const FORGET_AFTER = 90000;

export default function (element) {
  const offline = element.querySelector('[data-offline]');
  const shown = element.dataset.state;

  // Coming back by the browser's history, the page shows what is so now.
  addEventListener('pageshow', event => { if (event.persisted) location.replace(SCREEN); });

  if (shown === 'free' || shown === 'none') {
    wait();
  } else {
    watch();
    element.addEventListener('submit', send);
    element.querySelector('[data-print]')?.addEventListener('click', () => print());
  }

  function wait() {
    setTimeout(async () => {
      try {
        const answer = await fetch('/votes/kiosk/state', { cache: 'no-store' });
        if (answer.ok) {
          if (offline) offline.hidden = true;
          if ((await answer.json()).state !== shown) return location.replace(SCREEN);
        }
      } catch {
        if (offline) offline.hidden = false;
      }
      wait();
    }, POLL);
  }

  function watch() {
    const still = element.querySelector('[data-still]');
    let asks, forgets;
    const touched = () => {
      clearTimeout(asks);
      clearTimeout(forgets);
      still.hidden = true;
      asks = setTimeout(() => { still.hidden = false; still.querySelector('button').focus(); }, ASK_AFTER);
      forgets = setTimeout(forget, FORGET_AFTER);
    };
    for (const kind of ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove']) addEventListener(kind, touched, { passive: true });
    touched();
  }

  // Nothing of the voter stays on the screen, whether the net is there or not.
  async function forget() {
    const fields = new URLSearchParams(new FormData(element.querySelector('[data-end]')));
    const away = element.querySelector('[data-away]');
    element.replaceChildren(away);
    for (;;) {
      try {
        const answer = await fetch(`${SCREEN}/end`, { method: 'POST', body: fields, cache: 'no-store' });
        return location.replace(answer.redirected ? answer.url : SCREEN);
      } catch {
        away.hidden = false;
        await new Promise(again => { setTimeout(again, POLL); });
      }
    }
  }

  // Without the net no form leaves the screen: the browser's own page for it would take the ballot away and never come back.
  async function send(event) {
    event.preventDefault();
    const { submitter, target: form } = event;
    if (form.hasAttribute('data-end')) return forget();
    if (submitter?.hasAttribute('data-cast-now')) return cast(form, submitter);
    try {
      await fetch('/votes/kiosk/state', { cache: 'no-store' });
      offline.hidden = true;
      if (submitter?.hasAttribute('formaction')) form.action = submitter.formAction;
      form.submit();
    } catch {
      tell();
    }
  }

  function tell() {
    offline.hidden = false;
    offline.focus();
  }

  async function cast(form, submitter) {
    submitter.disabled = true;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), cache: 'no-store' });
      if (answer.redirected) location.replace(answer.url);
      else form.submit();
    } catch {
      submitter.disabled = false;
      tell();
    }
  }
}
