export default function (button) {
  const said = document.getElementById(button.getAttribute('aria-describedby'));
  button.addEventListener('click', () => {
    button.ariaBusy = 'true';
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        // Three decimals are about a hundred metres: near enough, and not the front door.
        location.assign(button.dataset.href
          .replace('{lat}', coords.latitude.toFixed(3))
          .replace('{lon}', coords.longitude.toFixed(3)));
      },
      () => {
        button.ariaBusy = 'false';
        if (said) said.textContent = button.dataset.denied ?? '';
      },
      { timeout: 10000, maximumAge: 300000 });
  });
}
