/**
 * On the steps of proposing: when the net goes, what was written so far goes on in the form on one page, with what this step adds.
 */
export default function (steps) {
  const begun = steps.querySelector('template');
  const forms = [...document.querySelectorAll('main form[action^="/ideas/new/"]')].filter(form => !form.action.endsWith('/discard'));
  const offer = steps.querySelector('[data-offer]');
  if (!begun || forms.length === 0 || !globalThis.indexedDB || !globalThis.crypto?.subtle) return;
  const tell = () => { offer.hidden = navigator.onLine; };

  tell();
  addEventListener('offline', tell);
  addEventListener('online', tell);
  offer.querySelector('button').addEventListener('click', () => goOn(forms[0]));
  for (const form of forms) {
    form.addEventListener('submit', event => {
      if (navigator.onLine && !form.matches('[data-cut]')) return;
      event.preventDefault();
      goOn(form);
    });
  }

  async function goOn(form) {
    try {
      await keep(form);
    } catch {
      offer.hidden = false;
      offer.querySelector('span').textContent = steps.dataset.broken;
    }
  }

  async function keep(form) {
    const [, { default: shrink }] = await Promise.all([import('../kept-ideas/store.js'), import('../offline-idea/shrink.js')]);
    const typed = new FormData(form);
    const fields = Object.fromEntries([...begun.content.querySelectorAll('input')].map(({ name, value }) => [name, value]));
    for (const name of ['place', 'title', 'description', 'cost', 'category', 'kind', 'community', 'language']) {
      if (typed.has(name)) fields[name] = typed.get(name);
    }
    if (typed.has('groups') || form.action.endsWith('/groups')) fields.groups = typed.getAll('groups').join(',');
    place(fields, typed);
    const file = typed.get('photo');
    const photos = file?.size > 0 ? [{ blob: await shrink(file).catch(() => undefined), alt: typed.get('alt') ?? '' }].filter(({ blob }) => blob) : [];
    const handsIn = form.action.endsWith('submission');
    const id = await globalThis.keptIdeas.keep({
      state: handsIn ? 'waiting' : 'here', owner: steps.dataset.owner, continues: steps.dataset.draft, fields, photos,
      email: typed.get('email') ?? undefined, opened: typed.get('opened') ?? undefined, trap: typed.get('your-site') ?? undefined,
    });
    localStorage.setItem('kept-ideas', 'some');
    location.assign(handsIn ? '/offline' : `/ideas/offline#${id}`);
  }

  /** A place chosen on this step stands before the one of the draft; of a draft without a pin only the quarter counts. */
  function place(fields, typed) {
    const spot = (typed.get('spot') ?? '').split(',');
    if (spot.length > 2) Object.assign(fields, { lon: spot[0], lat: spot[1], quarter: '' });
    else if (typed.get('lat')) Object.assign(fields, { lon: typed.get('lon'), lat: typed.get('lat'), quarter: typed.get('quarter') });
    else if (typed.get('quarter')) Object.assign(fields, { lon: '', lat: '', quarter: typed.get('quarter') });
    else if (fields.exact !== 'true') Object.assign(fields, { lon: '', lat: '' });
    delete fields.exact;
  }
}
