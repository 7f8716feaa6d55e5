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
