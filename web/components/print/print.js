export default function (button) {
  const opened = [];
  addEventListener('beforeprint', () => {
    for (const part of document.querySelectorAll('main details.why:not([open])')) {
      part.open = true;
      opened.push(part);
    }
  });
  addEventListener('afterprint', () => {
    for (const part of opened.splice(0)) part.open = false;
  });
  button.addEventListener('click', () => print());
}
