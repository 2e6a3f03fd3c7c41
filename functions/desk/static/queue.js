// The queue keeps itself up to date and moves no row under the reader's hand: rows change in place, those that are done
// stay and say so, and new ones wait behind a bar until they are asked for.

const every = 20_000;
const live = document.getElementById('live');
const list = document.getElementById('list');
const fresh = document.getElementById('fresh');
const news = document.getElementById('news');
let last = Date.now();
let told = '';

setInterval(() => !document.hidden && refresh(), every);
document.addEventListener('visibilitychange', () => !document.hidden && Date.now() - last > every && refresh());
live.addEventListener('htmx:after:swap', ({ detail }) => {
  if (detail.ctx.response?.status === 200) merge();
});
live.addEventListener('htmx:response:error', ({ detail }) => fail(detail.ctx.response.status));
live.addEventListener('htmx:error', () => fail());

function fail(status) {
  if (status === 401) tell('You are signed out', 'Sign in again', () => location.reload());
  else tell('The desk did not answer, so this list may be old', 'Reload the page', () => location.reload());
}

function refresh() {
  last = Date.now();
  htmx.trigger(live, 'refresh');
}

/** `fresh` holds the list as it is now. */
function merge() {
  const shown = rowsOf(list);
  const now = rowsOf(fresh);
  if (shown.size === 0) return showFresh();
  for (const [id, row] of shown) {
    const newer = now.get(id);
    if (newer) update(row, newer);
    row.classList.toggle('gone', !newer);
    row.querySelector('.gone-words').hidden = Boolean(newer);
  }
  const added = [...now.keys()].filter((id) => !shown.has(id)).length;
  const gone = [...shown.keys()].filter((id) => !now.has(id)).length;
  const words = [added && `${added} new`, gone && `${gone} no longer in this list`].filter(Boolean).join(', ');
  if (words) tell(words, 'Show the list as it is now', showFresh);
  else news.replaceChildren();
  told = words;
}

/** Part by part, so that the link keeps the focus. */
function update(row, newer) {
  const parts = newer.querySelectorAll('[data-part]');
  for (const [index, part] of row.querySelectorAll('[data-part]').entries()) {
    if (part.innerHTML !== parts[index].innerHTML) part.innerHTML = parts[index].innerHTML;
  }
}

function tell(words, does, act) {
  if (words === told) return;
  told = words;
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: does });
  button.addEventListener('click', act);
  const text = Object.assign(document.createElement('span'), { textContent: `${words}.` });
  const notice = Object.assign(document.createElement('div'), { className: 'notice' });
  notice.append(text, button);
  news.replaceChildren(notice);
}

/** The place is kept by request, not by row. */
function showFresh() {
  const focused = document.activeElement.closest('[data-row]')?.dataset.row;
  const hadFocus = focused || news.contains(document.activeElement);
  const wasNew = [...rowsOf(fresh).keys()].find((id) => !rowsOf(list).has(id));
  list.replaceChildren(...fresh.childNodes);
  news.replaceChildren();
  told = '';
  if (!hadFocus) return;
  const rows = rowsOf(list);
  const row = rows.get(focused) ?? rows.get(wasNew) ?? rows.values().next().value;
  (row?.querySelector('a') ?? document.getElementById('main')).focus();
}

function rowsOf(root) {
  return new Map([...root.querySelectorAll('[data-row]')].map((row) => [row.dataset.row, row]));
}
