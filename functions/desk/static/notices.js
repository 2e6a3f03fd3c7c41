// The form of a notice: the preview follows the typing, the time zone is that of whoever writes, and nothing typed is lost.

(() => {
  const form = document.getElementById('notice-form');
  const room = document.getElementById('preview-room');
  const language = document.getElementById('preview-language');
  const looks = [...form.querySelectorAll('[data-look]')];
  let look = looks[0];
  let frames = 0;
  let timer;
  let isChanged = false;
  let isLeaving = false;

  useOwnZone();
  choose(looks[0]);
  preview();

  form.addEventListener('input', ({ target }) => {
    isChanged = true;
    if (target.name === 'subject' || target.name === 'markdown' || target === language) later();
    if (target.id === 'effectiveOn') later();
  });
  form.addEventListener('focusin', ({ target }) => {
    const own = target.closest('[data-language]')?.dataset.language;
    if (!own || own === language.value) return;
    language.value = own;
    preview();
  });
  form.addEventListener('submit', ({ submitter }) => {
    if (looks.includes(submitter)) return;
    isLeaving = true;
  });
  for (const button of looks) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      choose(button);
      preview();
    });
  }
  addEventListener('beforeunload', (event) => {
    if (isChanged && !isLeaving) event.preventDefault();
  });

  function choose(button) {
    look = button;
    for (const other of looks) other.setAttribute('aria-pressed', String(other === button));
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(preview, 400);
  }

  /**
   * The form is sent into a new frame each time: the first page of a frame is no step in the history of the window. The
   * frame before goes once the new one is there, so that nothing flickers.
   */
  function preview() {
    clearTimeout(timer);
    frames += 1;
    const frame = Object.assign(document.createElement('iframe'), {
      name: `preview-${frames}`,
      title: 'Preview of the notice',
      className: 'next',
    });
    frame.setAttribute('sandbox', '');
    room.append(frame);
    look.formTarget = frame.name;
    form.requestSubmit(look);
    frame.addEventListener('load', () => {
      for (const other of [...room.children])
        if (other !== frame && other.compareDocumentPosition(frame) & 4) other.remove();
      frame.classList.remove('next');
    });
  }

  function useOwnZone() {
    const zone = document.querySelector('#zone[data-new]');
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || ![...zone.options].some(({ value }) => value === own)) return;
    zone.removeAttribute('data-new');
    if (zone.value === own) return;
    zone.value = own;
    // Once htmx listens, which has the words for it fetched: it begins by a timer that it set before this script ran.
    addEventListener('load', () => setTimeout(() => zone.dispatchEvent(new Event('change', { bubbles: true }))));
  }
})();
