// Another form of the page is sent first, as with a photo: what was typed in this one is there again when the page comes back. Only this
// tab keeps it, and only until then.
export default function (form) {
  const key = `typed ${location.pathname}`;
  const fields = () => [...form.elements].filter(field => field.name && !['hidden', 'file', 'submit'].includes(field.type));

  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  sessionStorage.removeItem(key);
  if (kept) {
    for (const field of fields()) {
      if (['radio', 'checkbox'].includes(field.type)) field.checked = kept.some(([name, value]) => name === field.name && value === field.value);
      else field.value = kept.find(([name]) => name === field.name)?.[1] ?? field.value;
    }
    form.dispatchEvent(new Event('input', { bubbles: true }));
  }

  document.addEventListener('submit', event => {
    // Who signs out leaves nothing behind.
    if (event.target === form || !event.target.closest('main')) return;
    const typed = fields()
      .filter(field => !['radio', 'checkbox'].includes(field.type) || field.checked)
      .map(field => [field.name, field.value]);
    sessionStorage.setItem(key, JSON.stringify(typed));
  });
}
