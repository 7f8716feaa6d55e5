// A QR code holds its code behind the hash, which no server sees. It goes into the field, and out of the address.
// With data-keep it waits in this tab while the person signs in.
export default function (element) {
  const field = element.querySelector('input[name=code]');
  const place = element.dataset.keep;
  take();
  addEventListener('hashchange', take);

  function take() {
    const code = /^#[0-9A-Za-z]{4,20}$/.test(location.hash) ? location.hash.slice(1) : '';
    if (code) history.replaceState(null, '', location.pathname + location.search);
    if (!field) {
      if (place && code) sessionStorage.setItem(place, code);
      return;
    }
    const kept = place ? sessionStorage.getItem(place) : null;
    if (place) sessionStorage.removeItem(place);
    if (!code && !kept) return;
    if (field.value === '') field.value = (code || kept).replace(/(.{4})(?=.)/g, '$1 ');
    element.querySelector('button:not([type=button])').focus();
  }
}
