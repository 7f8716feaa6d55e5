export default function (element) {
  const input = element.querySelector('input[type=file]');
  const said = element.querySelector('[role=status]');
  const { maxBytes, tooBig, notPicture, remove } = element.dataset;
  const megabytes = bytes => (bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

  const preview = document.createElement('canvas');
  preview.hidden = true;
  preview.setAttribute('aria-hidden', 'true');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button--plain';
  button.textContent = remove ?? '';
  button.hidden = true;
  button.addEventListener('click', () => {
    clear('');
    input.focus();
  });
  input.after(preview, button);

  input.addEventListener('change', async () => {
    const file = input.files[0];
    if (!file) return clear('');
    const values = { name: file.name, size: megabytes(file.size), max: megabytes(maxBytes) };
    const text = template => (template ?? '').replace(/\{(\w+)\}/g, (_, key) => values[key]);
    if (file.size > maxBytes) return clear(text(tooBig));
    try {
      // Drawn, not linked: the page's policy allows no blob: pictures.
      const picture = await createImageBitmap(file, { resizeWidth: 640, resizeQuality: 'medium' });
      preview.width = picture.width;
      preview.height = picture.height;
      preview.getContext('2d').drawImage(picture, 0, 0);
      picture.close();
      preview.hidden = button.hidden = false;
      said.textContent = '';
    } catch {
      clear(text(notPicture));
    }
  });

  function clear(text) {
    input.value = '';
    preview.hidden = button.hidden = true;
    said.textContent = text;
  }
}
