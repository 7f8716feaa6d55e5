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
  element.replaceChildren();
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
  const named = () => {
    element.dataset.names = map.getZoom() >= 12.5 ? 'quarters' : 'districts';
    thin(element.querySelectorAll('.map__name'));
  };
  map.on('zoomend viewreset', named);
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

// Of two names that would lie on each other, the first stays.
function thin(names) {
  const kept = [];
  for (const name of names) name.hidden = false;
  for (const name of names) {
    const box = name.getBoundingClientRect();
    const clash = kept.some(other => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
    if (clash) name.hidden = true;
    else if (box.width) kept.push(box);
  }
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
