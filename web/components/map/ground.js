// The small build is no module; it leaves its name behind.
import '../../leaflet/leaflet.js';

const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
const sprite = new URL('../icon/icons.svg', import.meta.url).pathname;
let styles;

export const L = globalThis.L.noConflict();

export const fill = (template, values) => (template ?? '').replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS('http://www.w3.org/2000/svg', 'use'));
  svg.firstChild.setAttribute('href', `${sprite}#${name}`);
  return svg;
}

export function marker(lat, lon, content, className, size) {
  return L.marker([lat, lon], {
    interactive: false,
    keyboard: false,
    icon: L.divIcon({ html: content, className: `map__marker ${className}`, iconSize: size && [size, size] }),
  });
}

export function pin(data) {
  const dot = document.createElement('span');
  dot.className = 'map__dot';
  dot.dataset.tone = data.color || 'leaf';
  dot.append(icon(data.icon || 'pin'));
  return dot;
}

/** A map of our own boundaries: no tiles, nothing from elsewhere. */
export async function ground(element, settings, options = {}) {
  await style();
  // The drawing stays for paper, where a map that is just being drawn is empty.
  element.replaceChildren(...element.querySelectorAll(':scope > .map__still'));
  element.dir = 'ltr';
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: .25,
    minZoom: 9,
    maxZoom: 17,
    maxBoundsViscosity: 1,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
    ...options,
  });
  map.createPane('names').style.zIndex = 450;
  // Outlines are a picture of what the list says; markers are buttons in a pane of their own.
  map.getPane('overlayPane').setAttribute('aria-hidden', 'true');
  if (settings.attribution) {
    L.control.attribution({ position: 'topright', prefix: false }).addAttribution(escape(settings.attribution)).addTo(map);
  }
  if (settings.zoomIn) {
    L.control.zoom({ position: 'topleft', zoomInTitle: settings.zoomIn, zoomOutTitle: settings.zoomOut }).addTo(map);
  }
  if (settings.bounds) {
    const [west, south, east, north] = settings.bounds.split(',').map(Number);
    map.fitBounds([[south, west], [north, east]], { animate: false });
  }
  const named = async () => {
    element.dataset.names = map.getZoom() >= 12.5 ? 'quarters' : 'districts';
    arrange(element);
    // On a busy device what moves is still on its way when the map says that it is there.
    const moving = element.getAnimations({ subtree: true });
    if (!moving.length) return;
    await Promise.allSettled(moving.map(each => each.finished));
    arrange(element);
  };
  tiles(element, map);
  map.on('zoomend moveend viewreset', named);
  return { map, named, outlines: settings.outlines ? await outlines(map, settings.outlines, named) : [] };
}

async function outlines(map, url, named) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} ${answer.status}`);
  const features = (await answer.json()).features;
  const layer = L.geoJSON(features, {
    interactive: false,
    style: feature => ({ className: isDistrict(feature) ? 'map__district' : 'map__quarter' }),
  }).addTo(map);
  layer.eachLayer(area => {
    const { name, label } = area.feature.properties;
    const text = document.createElement('span');
    text.textContent = name;
    text.dir = 'auto';
    const at = label ? [label[1], label[0]] : area.getBounds().getCenter();
    L.marker(at, {
      interactive: false, keyboard: false, pane: 'names',
      icon: L.divIcon({ html: text, iconSize: null, className: `map__name map__name--${isDistrict(area.feature) ? 'district' : 'quarter'}` }),
    }).addTo(map);
  });
  map.setMaxBounds(layer.getBounds().pad(.35));
  named();
  return features.filter(feature => !isDistrict(feature));
}

// A name gives way to markers and to names before it: a little up or down, or it is not shown.
function arrange(element) {
  const frame = element.getBoundingClientRect();
  const taken = [...element.querySelectorAll('.map__dot, .map__cluster, .leaflet-control')].map(each => each.getBoundingClientRect());
  const names = [...element.querySelectorAll('.map__name')];
  for (const name of names) name.hidden = false;
  const boxes = names.map(name => name.getBoundingClientRect());
  names.forEach((name, i) => {
    const { left, right, top, bottom, width } = boxes[i];
    if (!width) return;
    const before = parseFloat(name.style.getPropertyValue('--aside')) || 0;
    const free = [0, -22, 22].find(aside => {
      const box = { left: left - 2, right: right + 2, top: top - before + aside, bottom: bottom - before + aside };
      return box.left >= frame.left && box.right <= frame.right
        && !taken.some(other => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)
        && taken.push(box);
    });
    name.hidden = free === undefined;
    name.style.setProperty('--aside', `${free ?? before}px`);
  });
}

// A city that runs a map service has its tiles below our outlines; when they do not come, the outlines are the map again.
function tiles(element, map) {
  const service = document.querySelector('meta[name=tiles]');
  if (!service) return;
  const [minZoom, maxNativeZoom] = service.dataset.zooms.split('-').map(Number);
  const layer = L.tileLayer(service.content, { minZoom, maxNativeZoom, maxZoom: 17, attribution: escape(service.dataset.attribution ?? '') });
  let missed = 0;
  layer.on('tileload', () => { missed = 0; element.classList.add('map--tiles'); });
  layer.on('tileerror', () => {
    if (++missed < 6) return;
    element.classList.remove('map--tiles');
    layer.remove();
  });
  layer.addTo(map);
}

const isDistrict = feature => feature.properties.kind === 'district';

/** Only to tell people at once; the server decides with exact boundaries. */
export function quarterAt(quarters, lat, lon) {
  return quarters.find(({ geometry }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return polygons.some(rings => rings.reduce((inside, ring) => inside !== contains(ring, lon, lat), false));
  })?.properties;
}

function contains(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i], [xj, yj] = ring[j];
    if ((yi > y) !== (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

function escape(text) {
  const span = document.createElement('span');
  span.textContent = text;
  return span.innerHTML;
}

function style() {
  return styles ??= new Promise(done => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('leaflet.css', import.meta.url);
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}
