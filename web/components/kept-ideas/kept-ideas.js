import './store.js';

/** The list of what lies on this device, with the state of each and what can be done with it. */
export default async function (section) {
  const { keptIdeas } = globalThis;
  if (!keptIdeas.supported) return;
  const list = section.querySelector('ul');
  const said = section.querySelector('[data-said]');
  const texts = section.dataset;
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
  const states = new Map();
  let drawing = Promise.resolve();
  let sender;
  try {
    sender = localStorage.getItem('sender') ?? '';
    sender = (await keptIdeas.ask()).sender;
  } catch { /* Without net the last known holds. */ }

  document.addEventListener('kept-ideas', () => { drawing = drawing.then(draw, draw); });
  await draw();

  async function draw() {
    const ideas = (await keptIdeas.all()).filter(idea => keptIdeas.isSeenBy(idea, sender) || sender === '');
    const focused = section.contains(document.activeElement) && document.activeElement.closest('li')?.dataset.id;
    list.replaceChildren(...ideas.map(item));
    section.hidden = ideas.length === 0;
    if (focused) list.querySelector(`[data-id="${focused}"] :is(a, button)`)?.focus();
    const changed = ideas.filter(({ id, state }) => states.has(id) && states.get(id) !== state);
    if (changed.length > 0) said.textContent = changed.map(idea => `${titleOf(idea)}: ${stateOf(idea.state).textContent}`).join(', ');
    ideas.forEach(({ id, state }) => states.set(id, state));
  }

  function item(idea) {
    const li = section.querySelector('template[data-item]').content.cloneNode(true).firstElementChild;
    const deeds = li.querySelector('[data-deeds]');
    li.dataset.id = idea.id;
    li.dataset.state = idea.state;
    li.querySelector('h3').textContent = titleOf(idea);
    li.querySelector('h3').dir = 'auto';
    li.querySelector('[data-badge]').append(stateOf(idea.state));
    li.querySelector('[data-at]').textContent = texts.at.replace('{time}', time.format(idea.changedAt));
    li.querySelector('[data-why]').append(...reasons(idea).map(paragraph));
    for (const name of deedsOf(idea)) deeds.append(deed(name, idea));
    return li;
  }

  /** Of somebody who is not signed in here now, only that there is something. */
  function titleOf(idea) {
    return keptIdeas.isSeenBy(idea, sender) && idea.fields?.title?.trim() || texts.untitled;
  }

  function stateOf(state) {
    return section.querySelector(`template[data-state="${state}"]`).content.cloneNode(true);
  }

  function reasons({ state, why, answer, tries, owner }) {
    if (owner && owner !== sender) return [texts.signIn];
    switch (state) {
      case 'sent': return [texts.number.replace('{number}', answer.number), answer.code && texts.code.replace('{code}', answer.code)].filter(Boolean);
      case 'needs-you': return why === 'server' ? answer.sentences : [{ 'sign-in': texts.signIn, account: texts.account }[why] ?? texts.refused];
      case 'waiting': return answer?.sentences ?? (tries > 0 ? [texts.waits] : []);
      default: return [];
    }
  }

  function deedsOf({ state, why, owner, answer }) {
    if (owner && owner !== sender) return ['sign-in', 'delete'];
    switch (state) {
      case 'sent': return ['open', 'delete'];
      case 'sending': return [];
      case 'needs-you': return [...(why === 'account' ? ['account'] : []), ...(answer?.href ? ['way-out'] : []), 'write', 'look', 'delete'];
      case 'waiting': return ['send', 'write', 'look', 'delete'];
      default: return ['write', 'look', 'delete'];
    }
  }

  function deed(name, { id, answer }) {
    if (name === 'way-out') {
      const link = Object.assign(document.createElement('a'), { href: answer.href, textContent: answer.label || answer.href });
      link.className = 'button';
      return link;
    }
    const button = section.querySelector(`template[data-deed="${name}"]`).content.cloneNode(true).firstElementChild;
    if (name === 'write') button.href = `/ideas/offline#${id}`;
    if (name === 'open') button.href = answer.href;
    if (button.type === 'button') button.addEventListener('click', () => act(name, id, button));
    return button;
  }

  async function act(name, id, button) {
    if (name === 'delete') {
      if (button.dataset.sure) return keptIdeas.remove(id);
      button.dataset.sure = 'asked';
      button.textContent = texts.sure;
      return undefined;
    }
    button.disabled = true;
    const answer = await keptIdeas.sendNow(id, { deed: name === 'look' ? 'look' : '', asAccount: name === 'account' });
    if (answer.state === 'draft') return location.assign(answer.href);
    if (answer.state === 'later') said.textContent = texts.waits;
    return draw();
  }

  function paragraph(words) {
    return Object.assign(document.createElement('p'), { textContent: words });
  }
}
