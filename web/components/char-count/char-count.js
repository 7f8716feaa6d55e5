export default function (field) {
  const status = document.getElementById(`${field.id}-count`);
  const max = field.maxLength;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  if (!status || max < 0) return;
  // The person may write on and shorten afterwards; the server checks the length.
  field.removeAttribute('maxlength');
  let pause;
  const live = document.createElement('span');
  live.className = 'visually-hidden';
  live.setAttribute('role', 'status');
  status.after(live);
  field.addEventListener('input', show);
  show();

  function show() {
    const left = max - field.value.replace(/\r?\n/g, '\r\n').length;
    const text = (left < 0 ? field.dataset.over : field.dataset.left).replace('{n}', number.format(Math.abs(left)));
    status.textContent = text;
    status.toggleAttribute('data-over', left < 0);
    clearTimeout(pause);
    if (left < max * .1) pause = setTimeout(() => { live.textContent = text; }, 1500);
  }
}
