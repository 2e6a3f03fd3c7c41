// One row of the list on the upload page: a file, how far it is, and what can be done with it.

/** `acts` are called with the button that was pressed, by the names in its data-act. */
globalThis.openRow = ({ file, name, size }, acts) => {
  const template = document.getElementById('file-row');
  const element = template.content.firstElementChild.cloneNode(true);
  const part = (called) => element.querySelector(`[data-part=${called}]`);
  const button = (act) => element.querySelector(`[data-act=${act}]`);

  part('name').textContent = name;
  part('kind').textContent = name.includes('.') ? name.split('.').at(-1).slice(0, 4) : 'file';
  part('progress').setAttribute('aria-label', `Sending ${name}`);
  for (const [act, run] of Object.entries(acts)) {
    button(act).setAttribute('aria-label', `${button(act).title || button(act).textContent.trim()}: ${name}`);
    button(act).addEventListener('click', ({ currentTarget }) => run(currentTarget));
  }
  // A picture is a help and no more: what cannot be drawn keeps the ending of its name.
  if (file) globalThis.drawThumbnail(file, element.querySelector('canvas')).catch(() => {});

  return {
    element,
    /** `state` as in upload.js; the problem is what sendFile rejected with. */
    show(state, problem) {
      const isOnItsWay = state === 'waiting' || state === 'sending';
      element.classList.toggle('stuck', state === 'failed' || state === 'refused');
      part('progress').hidden = !isOnItsWay;
      part('sign-in').hidden = !problem?.isSignedOut;
      button('retry').hidden = state !== 'failed';
      part('state').textContent = problem?.message ?? `${sizeOf(size)}, ${isOnItsWay ? 'waiting' : 'arrived'}`;
    },
    showProgress(done) {
      const percent = Math.floor(done * 100);
      part('progress').value = percent;
      part('state').textContent = `${sizeOf(size)}, ${percent} % sent`;
    },
    showPlace(place, count) {
      button('up').disabled = place === 0;
      button('down').disabled = place === count - 1;
    },
  };

  function sizeOf(bytes) {
    const [number, unit] = bytes < 1024 ** 2 ? [Math.ceil(bytes / 1024), 'KB'] : [bytes / 1024 ** 2, 'MB'];
    return `${number.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
  }
};
