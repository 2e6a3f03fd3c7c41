// The pages of a scan: size, direction, and keys. They stay as they are from page to page, and while pages are added.
// Without this script the pages are there, as wide as the column, one address each.

(() => {
  const view = { zoom: 1, turn: 0 };
  const steps = [0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.5, 2, 2.5, 3, 4, 6, 8];

  const actions = {
    in: () => zoomTo(steps.find((step) => step > view.zoom + 0.01) ?? view.zoom),
    out: () => zoomTo(steps.findLast((step) => step < view.zoom - 0.01) ?? view.zoom),
    fit: () => zoomTo(1),
    turn: () => {
      view.turn = (view.turn + 90) % 360;
      show();
    },
    prev: () => stage()?.closest('desk-viewer').querySelector('a[rel=prev]')?.click(),
    next: () => stage()?.closest('desk-viewer').querySelector('a[rel=next]')?.click(),
  };

  const keys = { '+': 'in', '=': 'in', '-': 'out', '−': 'out', 0: 'fit', r: 'turn' };

  /** Each page that htmx brings is a new element: it takes over how the one before was looked at. */
  class DeskViewer extends HTMLElement {
    connectedCallback() {
      for (const button of this.querySelectorAll('[data-view]'))
        button.addEventListener('click', () => actions[button.dataset.view]());
      const own = this.querySelector('.stage');
      own?.addEventListener('wheel', zoomByWheel, { passive: false });
      own?.addEventListener('pointerdown', startDrag);
      this.querySelector('.stage img')?.addEventListener('load', show);
      show();
    }
  }
  customElements.define('desk-viewer', DeskViewer);

  document.addEventListener('keydown', (event) => {
    if (!stage() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const action = keys[event.key] ?? pageKey(event);
    if (!action || areKeysOff()) return;
    event.preventDefault();
    actions[action]();
  });

  /** The arrows turn pages where there is nothing to scroll to that side. */
  function pageKey({ key, target }) {
    const own = target.closest?.('.stage');
    if (!own || own.scrollWidth > own.clientWidth + 1) return undefined;
    return { ArrowLeft: 'prev', ArrowRight: 'next' }[key];
  }

  function stage() {
    return document.querySelector('desk-viewer .stage');
  }

  function isTyping(element) {
    return element.closest?.('input:not([type=radio], [type=checkbox]), textarea, select, dialog, [contenteditable]');
  }

  /** As the page of the keys keeps it (desk.js). */
  function areKeysOff() {
    const box = document.getElementById('keys-on');
    return box && !box.checked;
  }

  /** What is in the middle, or under the pointer, stays there. */
  function zoomTo(zoom, point) {
    const own = stage();
    const x = point?.x ?? own.clientWidth / 2;
    const y = point?.y ?? 0;
    const factor = zoom / view.zoom;
    const [left, top] = [(own.scrollLeft + x) * factor - x, (own.scrollTop + y) * factor - y];
    view.zoom = zoom;
    show();
    own.scrollTo(left, top);
  }

  function zoomByWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    const zoom = Math.min(8, Math.max(0.25, view.zoom * Math.exp(-event.deltaY / 400)));
    zoomTo(zoom, { x: event.clientX - box.left, y: event.clientY - box.top });
  }

  /** With the mouse a page larger than its frame is drawn about; fingers scroll it anyway. */
  function startDrag(event) {
    const own = event.currentTarget;
    if (event.pointerType !== 'mouse' || event.button !== 0 || !isLarger(own)) return;
    const from = { x: event.clientX + own.scrollLeft, y: event.clientY + own.scrollTop };
    const draw = ({ clientX, clientY }) => own.scrollTo(from.x - clientX, from.y - clientY);
    own.setPointerCapture(event.pointerId);
    own.addEventListener('pointermove', draw);
    own.addEventListener('lostpointercapture', () => own.removeEventListener('pointermove', draw), { once: true });
  }

  const isLarger = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
    scrollWidth > clientWidth || scrollHeight > clientHeight;

  /** Styles are set through the object model, which the Content-Security-Policy allows; a style attribute it does not. */
  function show() {
    const own = stage();
    const image = own?.querySelector('img');
    if (!image) return;
    const [width, height] = [image.naturalWidth || image.width, image.naturalHeight || image.height];
    own.dataset.turn = String(view.turn);
    own.style.setProperty('--zoom', String(view.zoom));
    if (width > 0 && height > 0) own.style.setProperty('--ratio', String(width / height));
    own.classList.add('measured');
    own.classList.toggle('larger', view.zoom > 1);
    own.closest('desk-viewer').querySelector('.zoom-value').textContent = `${Math.round(view.zoom * 100)} %`;
  }
})();
