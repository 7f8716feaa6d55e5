// On a link to a dialog: opens it over the page. Without script the link leads to the same words in the page.
export default function (link) {
  const dialog = document.getElementById(link.hash.slice(1));
  if (!dialog?.showModal) return;
  link.addEventListener('click', event => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.addEventListener('click', event => {
    if (event.target === dialog || event.target.closest('[data-close]')) {
      event.preventDefault();
      dialog.close();
    }
  });
}
