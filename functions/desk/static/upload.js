// The upload page. Files are sent as soon as they are chosen; the form names those that have arrived, in their order.

(() => {
  const form = document.getElementById('upload');
  const list = document.getElementById('chosen');
  const picker = document.getElementById('files');
  const most = Number(list.dataset.most);
  const atOnce = 3;

  /** In the order of the pages. `state` is waiting, sending, arrived, failed (try again) or refused (no use). */
  const files = [];
  /** The button was pressed while files were still on their way. */
  let isWanted = false;
  let isLeaving = false;

  const isOnItsWay = ({ state }) => state === 'waiting' || state === 'sending';
  const isStuck = ({ state }) => state === 'failed' || state === 'refused';

  boundDay();
  // A form that came back brings what had arrived before.
  for (const input of form.querySelectorAll('input[name=file]')) {
    const { key, name, bytes } = JSON.parse(input.value);
    append({ key, name, size: bytes, state: 'arrived' });
    input.remove();
  }

  globalThis.onFiles((chosen, hadFolders) => {
    const isNew = (file) => !files.some((known) => known.file && isSame(known.file, file));
    const fresh = chosen.filter(isNew);
    const taken = fresh.slice(0, Math.max(0, most - files.length));
    for (const file of taken) append({ file, name: file.name, size: file.size, state: 'waiting' });
    tellLeft({ tooMany: fresh.length - taken.length, hadKnown: fresh.length < chosen.length, hadFolders });
    if (taken.length > 0) tellHowFar();
    sendNext();
  });

  function isSame(one, other) {
    return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
  }

  // Sending

  function sendNext() {
    const sending = files.filter(({ state }) => state === 'sending').length;
    for (const one of files.filter(({ state }) => state === 'waiting').slice(0, atOnce - sending)) send(one);
  }

  async function send(one) {
    const { permits } = form.dataset;
    const nonce = form.elements.nonce.value;
    const { showProgress: progress } = one.row;
    one.leave = new AbortController();
    show(one, 'sending');
    progress(0);
    try {
      one.key = await globalThis.sendFile({ permits, nonce, file: one.file, progress, signal: one.leave.signal });
      show(one, 'arrived');
    } catch (problem) {
      show(one, problem.isFinal ? 'refused' : 'failed', problem);
    }
    if (!files.includes(one)) return;
    tellHowFar();
    sendNext();
    if (isWanted && !files.some(isOnItsWay)) form.requestSubmit();
  }

  function show(one, state, problem) {
    one.state = state;
    one.row.show(state, problem);
  }

  // The list

  function append(one) {
    one.row = globalThis.openRow(one, {
      retry: () => retry(one),
      up: (button) => move(one, -1, button),
      down: (button) => move(one, 1, button),
      remove: () => remove(one),
    });
    files.push(one);
    list.append(one.row.element);
    show(one, one.state);
    showOrder();
  }

  function retry(one) {
    show(one, 'waiting');
    one.row.element.focus();
    sendNext();
  }

  function remove(one) {
    const place = files.indexOf(one);
    files.splice(place, 1);
    one.leave?.abort();
    one.row.element.remove();
    showOrder();
    tell(`${one.name} was removed.`);
    (files[place]?.row.element ?? files[place - 1]?.row.element ?? picker).focus();
    sendNext();
  }

  function move(one, step, button) {
    const place = files.indexOf(one) + step;
    files.splice(place - step, 1);
    files.splice(place, 0, one);
    list.insertBefore(one.row.element, list.children[step > 0 ? place + 1 : place] ?? null);
    showOrder();
    (button.disabled ? one.row.element : button).focus();
    tell(`${one.name} is now number ${place + 1} of ${files.length}.`);
  }

  function showOrder() {
    for (const [place, { row }] of files.entries()) row.showPlace(place, files.length);
    list.classList.toggle('several', files.length > 1);
    document.getElementById('arrangement').hidden = files.length < 2;
  }

  // The form

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const stuck = files.find(isStuck);
    isWanted = !stuck && files.some(isOnItsWay);
    if (isWanted) tell('Some files are still on their way: as soon as all have arrived, this is taken in.');
    else if (stuck) tellOf(stuck);
    else if (files.length === 0) tellOfNone();
    else if (!isLeaving) leave();
  });

  /** Looks first whether the desk will take the form: a page that was left does not come back with its files. */
  async function leave() {
    isLeaving = true;
    const { ok, status } = await fetch(form.action, { method: 'HEAD' }).catch(() => ({}));
    document.getElementById('sign-in-again').hidden = status !== 401;
    if (ok) return form.submit();
    isLeaving = false;
    if (status === 401)
      tell('Your sign-in has ended, and nothing was sent. Sign in again in a new tab, then press again.', true);
    else
      tell(
        `The desk ${status ? 'could not answer' : 'cannot be reached'}, and nothing was sent. Try again in a minute.`,
        true,
      );
  }

  form.addEventListener('formdata', ({ formData }) => {
    for (const { key, name, size } of files) formData.append('file', JSON.stringify({ key, name, bytes: size }));
  });
  window.addEventListener('beforeunload', (event) => {
    if (files.length > 0 && !isLeaving) event.preventDefault();
  });
  // Whoever comes back by the browser's button finds the page as it was left.
  window.addEventListener('pageshow', () => {
    isLeaving = false;
  });

  /** Nothing comes from tomorrow, in the zone of whoever looks at it. */
  function boundDay() {
    const input = form.elements.writtenOn;
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
      .map((n) => String(n).padStart(2, '0'))
      .join('-');
    input.max = today;
  }

  // Words

  /** Shown, and read out by screen readers: the paragraph has the role of a status. */
  function tell(sentence, isWrong = false) {
    const news = document.getElementById('upload-news');
    news.textContent = sentence;
    news.classList.toggle('fault', isWrong);
  }

  function tellOf(stuck) {
    tell(`${stuck.name} has not arrived: try again, or remove it.`, true);
    stuck.row.element.focus();
  }

  function tellOfNone() {
    tell('There is no file yet: choose at least one.', true);
    picker.focus();
  }

  function tellHowFar() {
    const arrived = files.filter(({ state }) => state === 'arrived').length;
    const stuck = files.filter(isStuck).length;
    if (stuck > 0) tell(`${stuck === 1 ? 'One file' : `${stuck} files`} did not arrive: see the list.`, true);
    else if (files.length === 1) tell(arrived === 1 ? 'The file has arrived.' : 'The file is being sent.');
    else tell(`${arrived} of ${files.length} files have arrived.`);
  }

  /** What was not taken into the list: it stays to be read while the others are sent. */
  function tellLeft({ tooMany, hadKnown, hadFolders }) {
    const sentences = [
      tooMany > 0 && `${most} files can be sent at once, so ${tooMany} were not added: send them after these.`,
      hadKnown && 'A file that is in the list already was not added again.',
      hadFolders && 'A folder cannot be sent: open it and drop its files.',
    ];
    document.getElementById('left-out').textContent = sentences.filter(Boolean).join(' ');
  }
})();
