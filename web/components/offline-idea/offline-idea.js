import '../kept-ideas/store.js';
import shrink from './shrink.js';

const FIELDS = ['quarter', 'lat', 'lon', 'place', 'title', 'description', 'cost', 'category', 'kind'];

/** An idea on one page, kept on the device with every pause in typing, and sent when there is net. */
export default async function (form) {
  const { keptIdeas } = globalThis;
  const texts = form.dataset;
  const status = form.querySelector('[data-status]');
  const submit = form.querySelector('[data-submit] span');
  const located = form.querySelector('[data-located]');
  const picker = form.querySelector('input[type=file]');
  const photoSaid = form.querySelector('[data-photo-said]');
  const gallery = form.querySelector('[data-photos]');
  let id = location.hash.slice(1) || undefined;
  let owner = read('sender') ?? '';
  let language = document.documentElement.lang.split('-')[0];
  let photos = [];
  let pending;
  let saving = Promise.resolve();

  if (!keptIdeas.supported) {
    status.textContent = texts.broken;
    return;
  }
  if (id) await fillIn();
  whoIsIt();
  nameTheDeed();
  showCommunity();
  addEventListener('online', nameTheDeed);
  addEventListener('offline', nameTheDeed);
  addEventListener('hashchange', () => location.reload());
  addEventListener('pagehide', () => { if (pending) keep('here'); });
  form.addEventListener('input', later);
  form.addEventListener('change', later);
  form.elements.quarter.addEventListener('change', () => { locate(); showCommunity(); });
  form.querySelector('[data-locate]').addEventListener('click', askPosition);
  picker.addEventListener('change', addPhotos);
  form.querySelector('[data-keep]').addEventListener('click', async event => {
    event.preventDefault();
    if (await keep('here')) location.assign('/offline');
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (!complete()) return;
    if (await keep('waiting')) {
      askToSendLater();
      location.assign('/offline');
    }
  });

  form.dataset.ready = 'true';
  // Typed before this script was there.
  if (!id && form.elements.title.value) later();

  async function fillIn() {
    const idea = await keptIdeas.get(id).catch(() => undefined);
    if (!idea || idea.state === 'sent' || idea.state === 'sending' || !keptIdeas.isSeenBy(idea, owner)) {
      status.textContent = texts.gone;
      id = undefined;
      history.replaceState(null, '', location.pathname);
      return;
    }
    owner = idea.owner ?? '';
    language = idea.fields.language || language;
    for (const name of FIELDS) {
      const field = form.elements[name];
      if (field && idea.fields[name]) field.value = idea.fields[name];
    }
    for (const group of (idea.fields.groups ?? '').split(',')) {
      const box = form.querySelector(`[name=groups][value="${CSS.escape(group)}"]`);
      if (box) box.checked = true;
    }
    showCommunity();
    const community = form.querySelector(`fieldset[data-quarter]:not([hidden]) [value="${CSS.escape(idea.fields.community ?? '')}"]`);
    if (community) community.checked = true;
    form.elements.email.value = idea.email ?? '';
    if (idea.fields.lat) located.textContent = texts.located.replace('{metres}', '100');
    photos = idea.photos;
    await Promise.all(photos.map(show));
  }

  async function whoIsIt() {
    if (id) return;
    try {
      owner = (await keptIdeas.ask()).sender;
      localStorage.setItem('sender', owner);
    } catch { /* Without net the last known holds. */ }
  }

  function nameTheDeed() {
    submit.textContent = navigator.onLine ? texts.now : texts.later;
  }

  function showCommunity() {
    for (const set of form.querySelectorAll('fieldset[data-quarter]')) {
      set.hidden = set.disabled = set.dataset.quarter !== form.elements.quarter.value;
    }
  }

  function locate(coords) {
    form.elements.lat.value = coords ? coords.latitude.toFixed(5) : '';
    form.elements.lon.value = coords ? coords.longitude.toFixed(5) : '';
    located.textContent = coords ? texts.located.replace('{metres}', Math.max(5, Math.round(coords.accuracy))) : '';
  }

  function askPosition() {
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        form.elements.quarter.value = '';
        showCommunity();
        locate(coords);
        later();
      },
      () => { located.textContent = texts.denied; },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
  }

  async function addPhotos() {
    for (const file of picker.files) {
      if (photos.length >= Number(texts.maxPhotos)) {
        photoSaid.textContent = texts.many;
        break;
      }
      try {
        const photo = { blob: await shrink(file), alt: '' };
        photos.push(photo);
        photoSaid.textContent = '';
        await show(photo);
      } catch {
        photoSaid.textContent = texts.notPicture.replace('{name}', file.name);
      }
    }
    picker.value = '';
    later();
  }

  async function show(photo) {
    const item = form.querySelector('template[data-photo]').content.cloneNode(true).firstElementChild;
    const picture = await createImageBitmap(photo.blob, { resizeWidth: 480, resizeQuality: 'medium' });
    const canvas = item.querySelector('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d').drawImage(picture, 0, 0);
    picture.close();
    const alt = item.querySelector('input');
    alt.value = photo.alt;
    alt.addEventListener('input', () => { photo.alt = alt.value; });
    item.querySelector('button').addEventListener('click', () => {
      photos = photos.filter(other => other !== photo);
      item.remove();
      picker.focus();
      later();
    });
    gallery.append(item);
  }

  function later() {
    clearTimeout(pending);
    pending = setTimeout(() => keep('here'), 1200);
  }

  /** One after the other, so that the last word stands. @returns whether it is on the device */
  function keep(state) {
    clearTimeout(pending);
    pending = undefined;
    saving = saving.then(() => write(state), () => write(state));
    return saving;
  }

  async function write(state) {
    const typed = new FormData(form);
    const fields = Object.fromEntries(FIELDS.map(name => [name, typed.get(name) ?? '']));
    fields.language = language;
    fields.groups = typed.getAll('groups').join(',');
    fields.community = typed.get(`community-${fields.quarter}`) ?? '';
    const isEmpty = photos.length === 0 && !fields.title.trim() && !fields.description.trim() && !fields.quarter && !fields.lat;
    if (isEmpty && !id) return state === 'here';
    try {
      const known = id;
      id = await keptIdeas.keep({ id, state, owner, fields, photos, email: typed.get('email'), opened: typed.get('opened'), trap: typed.get('your-site') });
      if (!id) {
        status.textContent = texts.gone;
        return false;
      }
      if (!known) {
        history.replaceState(null, '', `#${id}`);
        localStorage.setItem('kept-ideas', 'some');
        navigator.storage?.persist?.().catch(() => {});
      }
      await sayKept();
      return true;
    } catch (error) {
      const megabytes = bytes => (bytes / 2 ** 20).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
      status.textContent = error.name === 'QuotaExceededError' ? texts.full.replace('{missing}', megabytes(error.missing ?? 0)) : texts.broken;
      status.scrollIntoView({ block: 'center' });
      return false;
    }
  }

  async function sayKept() {
    const { quota, usage } = await keptIdeas.room();
    const left = (quota - usage) / 2 ** 20;
    status.textContent = texts.saved.replace('{time}', new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' }))
      + (left < 50 ? ` ${texts.tight.replace('{left}', Math.max(0, Math.floor(left)))}` : '');
  }

  /** What the server would say, said before there is one. */
  function complete() {
    const missing = [];
    const need = (field, given) => {
      if (!given) missing.push(field);
      field.toggleAttribute?.('data-invalid', !given);
      if (field.matches('.input')) given ? field.removeAttribute('aria-invalid') : field.setAttribute('aria-invalid', 'true');
    };
    const typed = new FormData(form);
    need(form.elements.quarter, typed.get('quarter') || typed.get('lat'));
    const community = form.querySelector('fieldset[data-quarter]:not([hidden])');
    if (community) need(community, community.querySelector(':checked'));
    for (const field of form.querySelectorAll('[data-least]')) need(field, field.value.trim().length >= Number(field.dataset.least));
    for (const name of ['category', 'kind', 'groups']) need(form.querySelector(`fieldset#${name}`), typed.get(name));
    const summary = form.querySelector('[data-problems]');
    summary.hidden = missing.length === 0;
    summary.querySelector('h2').textContent = texts.heading;
    summary.querySelector('ul').replaceChildren(...missing.map(field => {
      const link = Object.assign(document.createElement('a'), { href: `#${field.id}`, textContent: field.dataset.missing });
      link.addEventListener('click', event => {
        event.preventDefault();
        (field.matches('.input') ? field : field.querySelector('input')).focus();
      });
      const line = document.createElement('li');
      line.append(link);
      return line;
    }));
    if (missing.length > 0) summary.focus();
    return missing.length === 0;
  }

  /** Where the browser can, it sends even when the page is closed. */
  async function askToSendLater() {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.sync?.register('kept-ideas').catch(() => {});
  }

  function read(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  }
}
