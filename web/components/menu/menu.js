export default function (details) {
  const close = () => { details.open = false; };
  details.addEventListener('keydown', event => {
    if (event.key === 'Escape' && details.open) {
      close();
      details.querySelector('summary').focus();
    }
  });
  document.addEventListener('click', event => {
    if (!details.contains(event.target)) close();
  });
}
