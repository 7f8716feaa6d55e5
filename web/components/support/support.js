export default function (form) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams(new FormData(form)),
        headers: { 'X-Fragment': form.id },
      });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(form.id);
      if (!answer.ok || !fresh) {
        if (answer.ok && answer.redirected) return location.assign(answer.url);
        throw new Error(answer.status);
      }
      show(fresh);
    } catch {
      form.submit();
    }
  });

  function show(fresh) {
    const said = form.querySelector('[role=status]');
    const text = fresh.querySelector('[role=status]')?.textContent ?? '';
    fresh.querySelector('[role=status]')?.remove();
    form.action = fresh.getAttribute('action');
    form.replaceChildren(...fresh.children);
    if (said) {
      said.textContent = '';
      form.append(said);
      setTimeout(() => { said.textContent = text; }, 100);
    }
    form.ariaBusy = 'false';
    form.querySelector('button')?.focus();
  }
}
