import { ground, marker, pin } from '../map/ground.js';

export default async function (element) {
  const settings = { ...element.dataset };
  const { map, named } = await ground(element, settings, {
    dragging: false, touchZoom: false, doubleClickZoom: false, scrollWheelZoom: false, boxZoom: false, keyboard: false, tap: false,
    center: [settings.lat, settings.lon],
    zoom: settings.zoom ?? 13.5,
  });
  marker(settings.lat, settings.lon, pin({ color: settings.tone, icon: settings.icon }), 'map__marker--pin', 44).addTo(map);
  named();
}
