export default function (element) {
  const text = element.querySelector('[data-copy]').textContent.trim();
  const said = element.querySelector('[data-copy-said]');
  element.querySelector('[data-copy-button]').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = element.dataset.done;
    } catch {
      getSelection().selectAllChildren(element.querySelector('[data-copy]'));
    }
  });
}
