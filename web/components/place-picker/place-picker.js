import { fill, ground, icon, marker, pin, quarterAt } from '../map/ground.js';

const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export default async function (element) {
  const settings = { ...element.dataset };
  const canvas = element.querySelector('.map');
  const said = element.querySelector('[role=status]');
  const [lat, lon] = ['lat', 'lon'].map(name => element.querySelector(`[name=${name}]`));
  const choice = document.querySelector('[data-place-quarter]');
  const { map, named, outlines } = await ground(canvas, settings, { keyboard: false, scrollWheelZoom: false });
  let layer;
  let hush;

  const crosshair = canvas.appendChild(document.createElement('div'));
  crosshair.className = 'map__crosshair';
  crosshair.append(icon('near'));
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', settings.label);

  canvas.addEventListener('keydown', event => {
    if (event.target !== canvas) return;
    const step = steps[event.key];
    const far = event.shiftKey ? 96 : 24;
    if (step) {
      map.panBy([step[0] * far, step[1] * far], { animate: false });
      clearTimeout(hush);
      hush = setTimeout(() => tell(settings.over, quarterAt(outlines, map.getCenter().lat, map.getCenter().lng)), 500);
    } else if (event.key === '+') map.zoomIn();
    else if (event.key === '-') map.zoomOut();
    else if (event.key === 'Enter' || event.key === ' ') set(map.getCenter());
    else return;
    event.preventDefault();
  });
  canvas.addEventListener('focus', () => map.scrollWheelZoom.enable());
  canvas.addEventListener('blur', () => map.scrollWheelZoom.disable());
  map.on('click', event => set(event.latlng));
  element.querySelector('[data-set]')?.addEventListener('click', () => set(map.getCenter()));
  element.querySelector('[data-locate]')?.addEventListener('click', () => {
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        const here = { lat: coords.latitude, lng: coords.longitude };
        if (set(here)) map.setView(here, 16);
      },
      () => tell(settings.denied),
      { enableHighAccuracy: true, timeout: 10000 });
  });
  if (lat.value && lon.value) {
    map.setView([lat.value, lon.value], 15);
    place();
  }

  function set({ lat: y, lng: x }) {
    const quarter = quarterAt(outlines, y, x);
    if (outlines.length && !quarter) {
      tell(settings.outside);
      return false;
    }
    clearTimeout(hush);
    lat.value = y.toFixed(6);
    lon.value = x.toFixed(6);
    place();
    if (choice && quarter) choice.value = quarter.key;
    lon.dispatchEvent(new Event('change', { bubbles: true }));
    tell(settings.said, quarter);
    return true;
  }

  function place() {
    layer?.remove();
    layer = marker(lat.value, lon.value, pin({ color: 'leaf', icon: 'check' }), 'map__marker--pin', 44).addTo(map);
    named();
  }

  function tell(text, quarter) {
    if (text) said.textContent = fill(text, { quarter: quarter?.name });
  }
}
