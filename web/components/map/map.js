import { L, fill, ground, icon, marker, pin } from './ground.js';

export default async function (element) {
  const settings = { ...element.dataset };
  const list = document.getElementById(settings.list);
  const shown = new Map();
  let selected = settings.selected;
  let asking;

  let map, arrange;
  try {
    ({ map, named: arrange } = await ground(element, settings, { scrollWheelZoom: true }));
  } catch (error) {
    return say(settings.failed);
  }
  const box = element.appendChild(document.createElement('div'));
  box.className = 'map__said';
  box.dir = 'auto';
  box.setAttribute('role', 'status');
  L.DomEvent.disableClickPropagation(box);

  if (settings.near && navigator.geolocation) near();
  let giving = false;
  map.on('moveend', () => { if (!giving) load(); });
  map.on('click', () => select());
  document.addEventListener('motette:filtered', load);
  element.addEventListener('keydown', event => {
    if (event.key === 'Escape' && selected) {
      const button = shown.get(`idea ${selected}`)?.button;
      select();
      button?.focus();
    }
  });
  element.addEventListener('focusin', uncover);
  if (list) {
    for (const [event, lit] of [['mouseover', true], ['focusin', true], ['mouseout', false], ['focusout', false]]) {
      list.addEventListener(event, ({ target }) => {
        const number = target.closest('[data-idea]')?.dataset.idea;
        if (number) light(number, lit);
      });
    }
  }
  // From a change of size until the markers of the new view stand, what is drawn is of the old one.
  map.on('resize', () => { element.ariaBusy = 'true'; });
  load();

  async function load() {
    element.ariaBusy = 'true';
    asking?.abort();
    asking = new AbortController();
    const bounds = map.getBounds();
    const url = new URL(settings.markers, location.href);
    new URLSearchParams(location.search).forEach((value, key) => url.searchParams.append(key, value));
    url.searchParams.set('bbox', [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map(n => n.toFixed(5)).join());
    url.searchParams.set('zoom', Math.round(map.getZoom()));
    try {
      const answer = await fetch(url, { signal: asking.signal, headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(answer.status);
      const { clusters = [], ideas = [] } = await answer.json();
      show(apart([...clusters, ...ideas]).map(item => item.count ? cluster(item) : idea(item)));
      element.ariaBusy = 'false';
      if (box.textContent === settings.failed) box.textContent = '';
    } catch (error) {
      // Asked again meanwhile.
      if (error.name === 'AbortError') return;
      element.ariaBusy = 'false';
      box.textContent = settings.failed ?? '';
    }
  }

  // Two targets that would lie on each other become one with a count, so that no finger hits the wrong one.
  function apart(items) {
    const kept = [];
    const add = one => {
      const i = kept.findIndex(other => overlap(room(one), room(other)));
      if (i < 0) return kept.push(one);
      const [other] = kept.splice(i, 1);
      // Grown, it may touch one that it was free of.
      add({ at: other.at, members: [...other.members, ...one.members] });
    };
    for (const item of items) add({ at: map.latLngToLayerPoint([item.lat, item.lon]), members: [item] });
    return kept.map(({ members }) => members.length === 1 ? members[0] : merged(members));
  }

  // A pin stands on its place, a count lies upon it.
  function room({ at, members }) {
    const count = counted(members);
    const half = sizeOf(count) / 2;
    const middle = count > 1 ? at.y : at.y - half;
    return { left: at.x - half, right: at.x + half, top: middle - half, bottom: middle + half };
  }

  function overlap(one, other) {
    return Math.min(one.right, other.right) - Math.max(one.left, other.left) > 6
      && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 6;
  }

  function counted(members) {
    return members.reduce((sum, { count }) => sum + (count ?? 1), 0);
  }

  function sizeOf(count) {
    return count < 10 ? 44 : count < 100 ? 52 : 60;
  }

  function merged(members) {
    const bounds = L.latLngBounds([]);
    for (const { lat, lon, bounds: box } of members) {
      if (box) bounds.extend([box[1], box[0]]).extend([box[3], box[2]]);
      else bounds.extend([lat, lon]);
    }
    return {
      lat: members[0].lat,
      lon: members[0].lon,
      count: counted(members),
      bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
      ideas: members.every(({ count }) => !count) && members,
    };
  }

  // What stays keeps its element, so that focus stays too.
  function show(wanted) {
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, { layer, button }] of shown) {
      if (!keys.has(key)) {
        if (button === document.activeElement) element.focus({ preventScroll: true });
        layer.remove();
        shown.delete(key);
      }
    }
    for (const { key, make } of wanted) {
      if (!shown.has(key)) shown.set(key, make());
    }
    if (selected) mark(selected, true);
    giveWay();
    arrange();
  }

  // What lies below a control of the map can be hit by nobody: it is as if it were outside, until the map is moved.
  function giveWay() {
    const controls = [...element.parentElement.querySelectorAll('.leaflet-control, .map-legend')]
      .map(control => control.getBoundingClientRect());
    for (const { button } of shown.values()) {
      if (button === document.activeElement) continue;
      const box = button.getBoundingClientRect();
      const free = 24;
      button.style.visibility = controls.some(control =>
        Math.min(box.right, control.right) - Math.max(box.left, control.left) > box.width - free
        && Math.min(box.bottom, control.bottom) - Math.max(box.top, control.top) > box.height - free) ? 'hidden' : '';
    }
  }

  function cluster(data) {
    return {
      key: `cluster ${data.lon} ${data.lat} ${data.count}`,
      make() {
        const button = named(fill(settings.cluster, { n: data.count }));
        button.className = 'map__cluster';
        button.textContent = data.count;
        on(button, () => {
          if (data.ideas && map.getZoom() >= 16) return tell(data.ideas);
          const [west, south, east, north] = data.bounds;
          const bounds = L.latLngBounds([south, west], [north, east]);
          const closer = map.getZoom() + 1;
          map.setView(bounds.getCenter(), Math.max(closer, Math.min(map.getBoundsZoom(bounds.pad(.3)), 14.5)));
        });
        return { button, layer: marker(data.lat, data.lon, button, '', sizeOf(data.count)).addTo(map) };
      },
    };
  }

  function idea(data) {
    return {
      key: `idea ${data.number}`,
      make() {
        const button = named(fill(settings.pin ?? '{title}', data));
        button.className = 'map__pin';
        button.append(pin(data));
        on(button, () => select(data, button));
        button.addEventListener('mouseenter', () => light(data.number, true));
        button.addEventListener('mouseleave', () => light(data.number, false));
        button.addEventListener('focus', () => light(data.number, true));
        button.addEventListener('blur', () => light(data.number, false));
        return { button, layer: marker(data.lat, data.lon, button, 'map__marker--pin', 44).addTo(map) };
      },
    };
  }

  // Asked for only by this button; the place goes nowhere, the map is moved.
  function near() {
    const control = L.control({ position: 'topleft' });
    control.onAdd = () => {
      const bar = document.createElement('div');
      bar.className = 'leaflet-bar';
      const button = bar.appendChild(named(settings.near));
      button.className = 'map__near';
      button.append(icon('pin'));
      L.DomEvent.disableClickPropagation(bar);
      button.addEventListener('click', () => {
        button.ariaBusy = 'true';
        navigator.geolocation.getCurrentPosition(
          ({ coords }) => {
            button.ariaBusy = 'false';
            map.setView([coords.latitude, coords.longitude], 14);
          },
          () => {
            button.ariaBusy = 'false';
            box.textContent = settings.denied ?? '';
          },
          { timeout: 10000, maximumAge: 300000 });
      });
      return bar;
    };
    control.addTo(map);
  }

  // A click here is not a click on the map; the end of a drag is no click at all.
  function on(button, act) {
    button.addEventListener('click', event => {
      event.stopPropagation();
      if (event.detail === 0 || !map.dragging.moved()) act();
    });
  }

  function named(name) {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-label', name);
    button.title = name;
    return button;
  }

  function select(data, button) {
    if (selected) mark(selected, false);
    selected = data && String(data.number);
    tell(data ? [data] : []);
    if (data) {
      mark(selected, true);
      if (button.matches(':focus-visible')) box.querySelector('a').focus();
      const card = list?.querySelector(`[data-idea="${data.number}"]`);
      if (card && matchMedia('(width >= 60rem)').matches) card.scrollIntoView({ block: 'center' });
    }
  }

  function tell(ideas) {
    box.replaceChildren(...ideas.map(({ url, title }) => {
      const link = document.createElement('a');
      link.href = url;
      link.textContent = title;
      return link;
    }));
  }

  function mark(number, on) {
    const button = shown.get(`idea ${number}`)?.button;
    button?.toggleAttribute('aria-current', on);
    if (on) button?.setAttribute('aria-current', 'true');
    list?.querySelector(`[data-idea="${number}"]`)?.classList.toggle('is-lit', on);
  }

  function light(number, on) {
    shown.get(`idea ${number}`)?.button.classList.toggle('is-lit', on);
    list?.querySelector(`[data-idea="${number}"]`)?.classList.toggle('is-lit', on || String(number) === selected);
  }

  // On a phone the list slides over the map: bring a focused marker back into sight.
  function uncover({ target }) {
    const { bottom } = target.getBoundingClientRect();
    const sheet = list?.closest('.map-page__list')?.getBoundingClientRect();
    if (sheet && sheet.left <= 0 && sheet.top < bottom) element.closest('.map-page').scrollIntoView();
    if (target.matches('.map__pin:focus-visible, .map__cluster:focus-visible')) freeOfControls(target);
  }

  // A marker that has the focus lies below no control of the map: the map moves a little, and its markers stay what they are,
  // so that the focus does.
  function freeOfControls(button) {
    const box = button.getBoundingClientRect();
    const at = (x, y) => [box.left + box.width * x, box.top + box.height * y];
    const middle = at(.5, .5);
    if (![middle, at(.2, .2), at(.8, .2), at(.2, .8), at(.8, .8)].every(point => button.contains(document.elementFromPoint(...point)))) {
      const around = element.getBoundingClientRect();
      const point = map.containerPointToLatLng([middle[0] - around.left, middle[1] - around.top]);
      giving = true;
      map.panInside(point, { paddingTopLeft: [72, 72], paddingBottomRight: [72, 120], animate: false });
      giving = false;
    }
  }

  function say(text) {
    const p = document.createElement('p');
    p.className = 'map__fallback';
    p.textContent = text ?? '';
    element.replaceChildren(p);
    element.ariaBusy = 'false';
  }
}
