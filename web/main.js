document.documentElement.classList.add('js');

export function start(root = document) {
  for (const element of root.querySelectorAll('[data-module]')) {
    for (const name of element.dataset.module.split(' ')) {
      import(`./components/${name}/${name}.js`)
        .then(module => module.default(element))
        .catch(error => console.error(name, error));
    }
  }
}

start();

// What a deed did is read first: a status that stands in a page from its beginning is announced by nobody.
const said = document.querySelector('main .notice[role=status]');
if (said && !document.querySelector('[autofocus]')) {
  said.tabIndex = -1;
  said.focus({ preventScroll: true });
}

// The pressed button of a form under way shows that something happens; coming back by the browser's history ends that.
document.addEventListener('submit', event => {
  const { target: form, submitter } = event;
  setTimeout(() => {
    if (event.defaultPrevented || !submitter) return;
    form.setAttribute('aria-busy', 'true');
    submitter.dataset.pressed = '';
  });
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[aria-busy]')) {
    form.removeAttribute('aria-busy');
    form.querySelector('[data-pressed]')?.removeAttribute('data-pressed');
  }
});
