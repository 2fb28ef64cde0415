// What a person with a ruler would find on a screen. Runs in the page, so it stands alone.

// Faults of what is on the screen now; where a dialog is open, of the dialog.
export function layoutFaults() {
  const TARGET = 44;
  const root = [...document.querySelectorAll('dialog[open]')].pop() ?? document.body;
  const toasts = document.querySelector('.toasts');
  const faults = [];
  const tell = (what, element) => faults.push(`${what}: ${nameOf(element)}`);

  function nameOf(element) {
    const named = element.closest('[data-testid]');
    const text = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 32);
    const classes = element.getAttribute('class');
    return `${named ? `[${named.dataset.testid}] ` : ''}${element.localName}${classes ? `.${classes.replaceAll(' ', '.')}` : ''} "${text}"`;
  }

  function isVisible(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  }

  const scrolls = (element, axis) => /auto|scroll/.test(getComputedStyle(element)[`overflow${axis}`]);

  function scroller(element, axis) {
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
      if (scrolls(above, axis)) return above;
    }
    return null;
  }

  // Not scrolled out of the list that it stands in.
  function isInView(element, box) {
    const frame = scroller(element, 'Y')?.getBoundingClientRect();
    const middle = box.y + box.height / 2;
    return !frame || (middle > frame.top && middle < frame.bottom);
  }

  const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  const hit = (x, y) => (inside(x, y) ? document.elementFromPoint(x, y) : null);

  // What a finger meets: a real input is drawn over by its label, or its label covers the row.
  const bodyOf = (control) =>
    (control.matches('[type=radio],[type=checkbox]') ? control.closest('label') ?? control.labels[0] ?? control : control);

  // A card's button is as large as the card: its ::after covers it.
  function reachOf(control) {
    const after = getComputedStyle(control, '::after');
    const covers = after.content !== 'none' && after.position === 'absolute' && control.offsetParent;
    return (covers ? control.offsetParent : control).getBoundingClientRect();
  }

  function isLargeEnough(control, box) {
    if (box.width >= TARGET - 0.5 && box.height >= TARGET - 0.5) return true;
    const [x, y, reach] = [box.x + box.width / 2, box.y + box.height / 2, TARGET / 2 - 0.5];
    const around = [[x - reach, y], [x + reach, y], [x, y - reach], [x, y + reach]];
    // Not on the screen, or scrolled below a bar: nobody taps it there.
    if (!around.every(([px, py]) => inside(px, py)) || !control.contains(hit(x, y))) return true;
    const met = around.map(([px, py]) => hit(px, py));
    return met.every((one) => control.contains(one) || one?.closest('.shop-top, .cartbar, .toasts'));
  }

  function checkControls() {
    const all = [...root.querySelectorAll('a[href], button, input, textarea, select')];
    for (const control of new Set(all.map(bodyOf))) {
      if (!isVisible(control)) continue;
      const box = control.getBoundingClientRect();
      if (!isLargeEnough(control, reachOf(control))) tell(`smaller than ${TARGET} px (${Math.round(box.width)}×${Math.round(box.height)})`, control);
      if ((box.left < -1 || box.right > innerWidth + 1) && !scroller(control, 'X')) tell('outside the screen', control);
      const fixed = root.localName === 'dialog' || control.closest('.cart-foot, .cartbar, .toasts');
      if (fixed && (box.top < -1 || box.bottom > innerHeight + 1) && !scroller(control, 'Y')) tell('outside the screen', control);
      const met = hit(box.x + box.width / 2, box.y + box.height / 2);
      const stays = root.localName === 'dialog' || control.closest('.shop-top, .page-head, .cart, .cartbar');
      if (met && stays && toasts?.contains(met) && isInView(control, box)) tell('under a message', control);
    }
  }

  function texts() {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !isVisible(parent) || parent.closest('.sr, .skip, textarea, option')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width > 1) found.push({ parent, box });
    }
    return found;
  }

  // The lines of a description may be counted; those of a name or a button may not.
  const mayBeShortened = (element) =>
    getComputedStyle(element).webkitLineClamp !== 'none' && !element.closest('button, a, h1, h2, h3, legend, label');

  function checkText({ parent, box }) {
    for (let above = parent; above; above = above.parentElement) {
      if (scrolls(above, 'X') || scrolls(above, 'Y')) break;
      const style = getComputedStyle(above);
      if (style.overflowX === 'visible' || mayBeShortened(above)) continue;
      const frame = above.getBoundingClientRect();
      const slack = box.height / 4;
      if (box.right > frame.right + 1 || box.left < frame.left - 1 || box.bottom > frame.bottom + slack || box.top < frame.top - slack) {
        return tell('cut off', parent);
      }
    }
    let block = parent;
    while (getComputedStyle(block).display.startsWith('inline') && block.parentElement && block !== root) block = block.parentElement;
    const frame = block.getBoundingClientRect();
    if (mayBeShortened(block)) return undefined;
    if (box.right > frame.right + 1 || box.left < frame.left - 1) return tell('wider than its box', parent);
    const control = parent.closest('button, a[href], .tag, .badge')?.getBoundingClientRect();
    if (control && (box.bottom > control.bottom + box.height / 4 || box.top < control.top - box.height / 4)) return tell('taller than its box', parent);
    return undefined;
  }

  function checkOverlaps(all) {
    // What lies wholly under a bar or a sheet is not read there.
    const shown = all.filter(({ parent, box }) =>
      [2, box.width / 2, box.width - 2].some((x) => {
        const met = hit(box.x + x, box.y + box.height / 2);
        return met && (met.contains(parent) || parent.contains(met));
      }),
    );
    shown.forEach((one, index) => {
      for (const other of shown.slice(index + 1)) {
        if (one.parent.contains(other.parent) || other.parent.contains(one.parent)) continue;
        // A message may pass over a picture.
        if (toasts && toasts.contains(one.parent) !== toasts.contains(other.parent)) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        // A line's box is higher than its letters.
        const [ink, inkThere] = [one.box.height / 5, other.box.height / 5];
        const down = Math.min(one.box.bottom - ink, other.box.bottom - inkThere) - Math.max(one.box.top + ink, other.box.top + inkThere);
        if (across > 2 && down > 2) tell(`over ${nameOf(other.parent)}`, one.parent);
      }
    });
  }

  // In a card nothing is written under a button.
  function checkUnderControl({ parent, box }) {
    const card = mayBeShortened(parent) ? null : parent.closest('.dish, .line, .card');
    for (const control of card?.querySelectorAll('a[href], button') ?? []) {
      if (control.contains(parent) || !isVisible(control)) continue;
      const other = control.getBoundingClientRect();
      const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
      const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
      if (across > 1 && down > box.height / 2) tell(`under ${nameOf(control)}`, parent);
    }
  }

  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) faults.push(`the page scrolls sideways: ${page.scrollWidth} px in ${page.clientWidth}`);
  for (const element of root.querySelectorAll('*')) {
    if (scrolls(element, 'X') && !element.matches('.tabs, .chips, .allday') && element.scrollWidth > element.clientWidth + 1 && isVisible(element)) {
      tell('scrolls sideways', element);
    }
  }
  checkControls();
  const all = texts();
  all.forEach(checkText);
  all.forEach(checkUnderControl);
  checkOverlaps(all);
  return [...new Set(faults)];
}
