// What AccessibilityTest asks of a page. Every question answers with a list of sentences; an empty list is a good page.
window.barriers = (() => {
  const told = element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('svg').forEach(svg => svg.remove());
    return copy.outerHTML.replace(/\s+/g, ' ').slice(0, 140);
  };
  const seen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // Put out of sight for readers, or drawn by the map, which has its list beside it.
  const onlyHeard = element => {
    for (let one = element; one; one = one.parentElement) {
      if (getComputedStyle(one).clipPath === 'inset(50%)' || one.classList.contains('map')) return true;
    }
    return false;
  };
  const within = (element, names) => element.closest(names) !== null;

  // Boxes of all text that is seen, one a line of text.
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, node =>
      node.data.trim() === '' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const range = document.createRange();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (seen(element) && !onlyHeard(element) && !within(element, 'option, script, style, svg')) {
        range.selectNodeContents(walker.currentNode);
        for (const box of range.getClientRects()) {
          if (box.width > 1 && box.height > 1) found.push({ element, box });
        }
      }
    }
    return found;
  }

  function pinned(element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) return true;
    }
    return false;
  }

  // The nearest box that cuts or scrolls what is in it.
  function frame(element, axis) {
    for (let one = element; one && one !== document.documentElement; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style[axis] !== 'visible' && one !== document.body) return { element: one, scrolls: ['auto', 'scroll'].includes(style[axis]) };
    }
    return null;
  }

  /** Text that is cut, lies over other text or makes the page scroll sideways; bars that take half of the screen. */
  function layout() {
    const wrong = [];
    scrollTo(0, 0);
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const wide = [...document.body.querySelectorAll('*')].filter(element => seen(element) && !onlyHeard(element)
        && !frame(element.parentElement, 'overflowX') && element.getBoundingClientRect().right > root.clientWidth + 1);
      wrong.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}: ${wide.slice(-1).map(told)}`);
    }
    const all = texts();
    for (const { element, box } of all) {
      for (const [axis, from, to] of [['overflowX', 'left', 'right'], ['overflowY', 'top', 'bottom']]) {
        const cutting = frame(element, axis);
        if (cutting && !cutting.scrolls) {
          const edge = cutting.element.getBoundingClientRect();
          const clamped = getComputedStyle(cutting.element).webkitLineClamp !== 'none';
          if (!clamped && (box[from] < edge[from] - 3 || box[to] > edge[to] + 3)) wrong.push(`text is cut: ${told(element)}`);
        }
      }
    }
    for (const control of document.querySelectorAll('button, a.button, select, .badge, summary, .tabs a, .nav a')) {
      if (seen(control) && !onlyHeard(control) && control.scrollWidth > control.clientWidth + 1 && control.clientWidth > 0) {
        wrong.push(`text is wider than its control: ${told(control)}`);
      }
    }
    // What has been scrolled out of its own box lies over nothing.
    const shown = ({ element, box }) => {
      const around = frame(element, 'overflowY');
      const edge = around?.scrolls && around.element.getBoundingClientRect();
      return !edge || box.top < edge.bottom - 1 && box.bottom > edge.top + 1;
    };
    const still = all.filter(one => !pinned(one.element) && shown(one)).sort((a, b) => a.box.top - b.box.top);
    for (let i = 0; i < still.length; i++) {
      const one = still[i];
      for (let j = i + 1; j < still.length && still[j].box.top < one.box.bottom; j++) {
        const other = still[j];
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (one.element !== other.element && across > 4 && down > Math.min(one.box.height, other.box.height) / 3) {
          wrong.push(`text lies over text: ${told(one.element)} and ${told(other.element)}`);
        }
      }
    }
    const bars = [...document.body.querySelectorAll('*')].filter(element => {
      const style = getComputedStyle(element);
      return style.position === 'fixed' || style.position === 'sticky' && style.insetBlockStart !== 'auto' && style.zIndex !== '0'
        || style.position === 'sticky' && style.insetBlockEnd !== 'auto';
    }).filter(seen).map(element => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > innerWidth / 2 && box.bottom > 0 && box.top < innerHeight);
    const covered = bars.reduce((sum, { box }) => sum + Math.min(box.bottom, innerHeight) - Math.max(box.top, 0), 0);
    if (covered > innerHeight / 2) wrong.push(`bars take ${Math.round(covered)} of ${innerHeight}: ${bars.map(bar => told(bar.element))}`);
    return [...new Set(wrong)];
  }

  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';

  // What a finger or a pointer hits: the label of a tick, the whole card of its link.
  function target(control) {
    const label = control.labels?.length && ['radio', 'checkbox', 'file'].includes(control.type) ? [...control.labels].find(seen) : null;
    const boxes = [control, label].filter(Boolean).map(one => one.getBoundingClientRect());
    return boxes.reduce((one, other) => one.width * one.height > other.width * other.height ? one : other);
  }

  /** Main controls smaller than a thumb, 44 by 44 px; links within a sentence or a list of words are axe's affair (24 px). */
  function targets() {
    const wrong = [];
    for (const control of document.querySelectorAll('.button, .nav a, .tabs a, summary, .input, .choice input, .menu a, .pager a, .footer a, select, button')) {
      if (seen(control) && !onlyHeard(control)) {
        const box = target(control);
        if (box.width > 0 && (box.height < 43.5 || box.width < 43.5)) {
          wrong.push(`${Math.round(box.width)} x ${Math.round(box.height)} px: ${told(control)}`);
        }
      }
    }
    return [...new Set(wrong)];
  }

  const steps = [];
  let before = null;

  function indicated(element) {
    const shows = one => {
      if (!one) return false;
      for (const part of [null, '::after', '::before']) {
        const style = getComputedStyle(one, part);
        if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !/, 0\)$|transparent/.test(style.outlineColor)) return true;
      }
      return false;
    };
    return shows(element) || [...(element.labels ?? [])].some(shows) || shows(element.closest('.choice, .focus-ring'));
  }

  function look() {
    const element = document.activeElement;
    if (!element || element === document.body || element === before) return;
    before = element;
    const wrong = [];
    const box = [...element.getClientRects()].find(one => one.width * one.height > 0) ?? element.getBoundingClientRect();
    const label = [...(element.labels ?? [])].find(seen);
    const shown = box.width * box.height <= 4 && label ? label.getBoundingClientRect() : box;
    const top = Math.max(shown.top, 0), bottom = Math.min(shown.bottom, innerHeight);
    const left = Math.max(shown.left, 0), right = Math.min(shown.right, innerWidth);
    if (top >= bottom || left >= right) {
      wrong.push('is out of sight when focused');
    } else {
      const points = [.5, .15, .85].flatMap(y => [.5, .15, .85].map(x => [left + (right - left) * x, top + (bottom - top) * y]));
      const free = points.filter(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (element.contains(hit) || hit.contains(element) && hit.closest('main, header, footer, aside, nav') !== null
          && !['fixed', 'sticky'].includes(getComputedStyle(hit).position) || [...(element.labels ?? [])].some(one => one.contains(hit)));
      });
      if (free.length < 5) wrong.push('is covered when focused');
    }
    if (!indicated(element)) wrong.push('does not show its focus');
    steps.push({ element, wrong, top: shown.top + scrollY, left: shown.left, right: shown.right, bottom: shown.bottom + scrollY,
      start: getComputedStyle(element).direction === 'rtl' ? -shown.right : shown.left, pinned: pinned(element) });
  }

  /** Before the first press of Tab. */
  function follow() {
    // From the very top, also where the page put the focus on a sentence.
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
    before = null;
    addEventListener('keydown', look, true);
    // Day, month, year and the calendar of a date are stops of their own.
    return [...document.querySelectorAll(controls)].filter(one => seen(one) && !one.disabled && one.tabIndex >= 0)
      .reduce((stops, one) => stops + (['date', 'time', 'datetime-local'].includes(one.type) ? 5 : 1), 0);
  }

  /** After the last press: what was lost, hidden, without a mark or out of order on the way. */
  function followed() {
    look();
    const wrong = [];
    for (const [i, step] of steps.entries()) {
      step.wrong.forEach(sentence => wrong.push(`${sentence}: ${told(step.element)}`));
      const last = steps[i - 1];
      // Upwards is fine into the next column; backwards within a line never.
      if (last && !step.pinned && !last.pinned && step.bottom <= last.top && step.start < last.start - 8 && step.element.closest('main') && last.element.closest('main')
        && !(step.element.compareDocumentPosition(last.element) & Node.DOCUMENT_POSITION_CONTAINED_BY)) {
        wrong.push(`comes after what stands below it: ${told(step.element)} after ${told(last.element)}`);
      }
    }
    const reached = new Set(steps.map(step => step.element));
    for (const control of document.querySelectorAll(controls)) {
      const grouped = control.type === 'radio' && [...reached].some(one => one.type === 'radio' && one.name === control.name && one.form === control.form);
      if (seen(control) && !control.disabled && control.tabIndex >= 0 && !reached.has(control) && !grouped) wrong.push(`is not reached by Tab: ${told(control)}`);
    }
    return [...new Set(wrong)];
  }

  const channels = colour => colour.match(/[\d.]+/g).map(Number);
  const luminance = colour => channels(colour).slice(0, 3).map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  function ground(element) {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (colour.startsWith('rgb(')) return colour;
    }
    return 'rgb(255, 255, 255)';
  }

  /**
   * In forced colours: text is readable, a control has an edge or is text, an icon is drawn in the system's ink. Asked here because axe reads
   * -webkit-text-fill-color, which keeps the page's own colour where Chromium paints the system's.
   */
  function forced() {
    const wrong = [];
    for (const element of new Set(texts().map(text => text.element))) {
      const { color } = getComputedStyle(element);
      if (color.startsWith('rgb(') && contrast(color, ground(element)) < 4.5) wrong.push(`cannot be read in forced colours: ${told(element)}`);
    }
    for (const control of document.querySelectorAll('button, .button, .input, select, .choice, .badge, .panel, .card')) {
      if (seen(control) && !onlyHeard(control)) {
        const style = getComputedStyle(control);
        if (!['Top', 'Bottom'].some(side => parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== 'none'
            && style[`border${side}Color`] !== ground(control.parentElement)) && !style.textDecorationLine.includes('underline')) wrong.push(`has no edge: ${told(control)}`);
      }
    }
    for (const icon of document.querySelectorAll('svg.icon')) {
      if (seen(icon)) {
        const style = getComputedStyle(icon);
        const fill = style.fill === 'none' ? style.stroke : style.fill;
        if (fill === ground(icon)) wrong.push(`icon cannot be seen: ${icon.outerHTML.slice(0, 120)} in ${told(icon.parentElement)}`);
      }
    }
    return [...new Set(wrong)];
  }

  /** In one column: what is read later stands below; and what has to be read is no picture of order. */
  function reading() {
    const wrong = [];
    let last = null;
    for (const heading of document.querySelectorAll('main :is(h1, h2, h3, h4)')) {
      if (seen(heading) && !onlyHeard(heading) && !pinned(heading)) {
        const { top } = heading.getBoundingClientRect();
        if (last && top < last.top - 1) wrong.push(`is read after what stands below it: ${told(heading)} after ${told(last.heading)}`);
        last = { heading, top };
      }
    }
    for (const positive of document.querySelectorAll('[tabindex]')) {
      if (positive.tabIndex > 0) wrong.push(`jumps the queue of Tab: ${told(positive)}`);
    }
    return wrong;
  }

  return { reading, layout, targets, follow, followed, forced };
})();
