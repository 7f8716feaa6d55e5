/** On a phone the map of an idea lies far below: it is fetched and drawn when it comes near, so that it holds up nothing before. */
export default function (element) {
  const near = new IntersectionObserver(seen => {
    if (seen.some(entry => entry.isIntersecting)) {
      near.disconnect();
      draw(element).catch(error => console.error('mini-map', error));
    }
  }, { rootMargin: '300px' });
  near.observe(element);
}

async function draw(element) {
  const { ground, marker, pin } = await import('../map/ground.js');
  const settings = { ...element.dataset };
  const { map, named } = await ground(element, settings, {
    dragging: false, touchZoom: false, doubleClickZoom: false, scrollWheelZoom: false, boxZoom: false, keyboard: false, tap: false,
    center: [settings.lat, settings.lon],
    zoom: settings.zoom ?? 13.5,
  });
  marker(settings.lat, settings.lon, pin({ color: settings.tone, icon: settings.icon }), 'map__marker--pin', 44).addTo(map);
  named();
}
