// Items of an agenda are put in order with a mouse or a finger, by the handle beside them. The buttons do the same without it.
export default function (list) {
  const said = document.createElement('p');
  said.className = 'visually-hidden';
  said.setAttribute('role', 'status');
  list.after(said);
  let held = null;
  let before = [];
  let saving = Promise.resolve();

  handles();
  list.addEventListener('pointerdown', take);
  list.addEventListener('pointermove', move);
  list.addEventListener('pointerup', drop);
  list.addEventListener('pointercancel', back);
  addEventListener('keydown', event => { if (held && event.key === 'Escape') back(); });

  // Who uses a keyboard or a screen reader has the buttons; the handle is for the hand alone.
  function handles() {
    for (const item of list.children) {
      const handle = document.createElement('span');
      handle.className = 'agenda__handle';
      handle.setAttribute('aria-hidden', 'true');
      handle.title = list.dataset.hint;
      item.prepend(handle);
    }
  }

  function take(event) {
    const handle = event.target.closest('.agenda__handle');
    if (!handle || event.button !== 0 || held) return;
    event.preventDefault();
    held = handle.parentElement;
    before = order();
    held.dataset.held = '';
    // The list keeps the pointer: an item that changes its place would lose it.
    list.setPointerCapture(event.pointerId);
  }

  function move(event) {
    if (!held) return;
    const above = held.previousElementSibling;
    const below = held.nextElementSibling;
    if (above && event.clientY < middle(above)) above.before(held);
    else if (below && event.clientY > middle(below)) below.after(held);
    const edge = 60;
    if (event.clientY < edge) scrollBy(0, -12);
    else if (event.clientY > innerHeight - edge) scrollBy(0, 12);
  }

  function drop() {
    if (!held) return;
    delete held.dataset.held;
    held = null;
    const wanted = order();
    if (wanted.join() !== before.join()) saving = saving.then(() => save(wanted));
  }

  function back() {
    if (!held) return;
    delete held.dataset.held;
    held = null;
    for (const id of before) list.append(list.querySelector(`:scope > [data-item="${id}"]`));
  }

  // The whole order is sent, so that sending it twice changes nothing. The answer is the page as it is now, with its buttons.
  async function save(wanted) {
    try {
      const body = new URLSearchParams({ csrf: list.querySelector('[name=csrf]').value, order: wanted.join() });
      const answer = await fetch(list.dataset.order, { method: 'POST', body });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.querySelector(`[data-order="${list.dataset.order}"][data-part="${list.dataset.part}"]`);
      if (!fresh) throw new Error('no agenda');
      if (held || order().join() !== wanted.join()) return;
      list.replaceChildren(...fresh.children);
      handles();
      said.textContent = '';
      requestAnimationFrame(() => { said.textContent = list.dataset.saved; });
    } catch {
      location.reload();
    }
  }

  function order() {
    return [...list.children].map(item => item.dataset.item);
  }

  function middle(item) {
    const box = item.getBoundingClientRect();
    return box.top + box.height / 2;
  }
}
