export default function (form) {
  const { autosave, deed, saving, saved, failed } = form.dataset;
  const status = form.querySelector('.draft-status');
  let pending;
  let sent;
  let leaving = false;

  form.addEventListener('input', later);
  form.addEventListener('change', later);
  form.addEventListener('submit', () => {
    leaving = true;
    clearTimeout(pending);
  });
  addEventListener('pagehide', () => { if (pending && !leaving) save(true); });

  function later() {
    clearTimeout(pending);
    pending = setTimeout(() => save(), 2000);
  }

  async function save(keepalive = false) {
    clearTimeout(pending);
    pending = undefined;
    const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
    if (deed) fields.set('deed', deed);
    if (String(fields) === sent) return;
    say(saving);
    try {
      const answer = await fetch(autosave, { method: 'POST', body: fields, keepalive });
      if (!answer.ok) throw new Error(answer.status);
      sent = String(fields);
      form.removeAttribute('data-cut');
      say(saved?.replace('{time}', new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' })));
    } catch (error) {
      // No answer at all: see offline-step.
      form.toggleAttribute('data-cut', error instanceof TypeError);
      say(failed);
      pending ??= setTimeout(() => save(), 15000);
    }
  }

  function say(text) {
    if (status) status.textContent = text ?? '';
  }
}
