// The keys of the desk: j k o g d / ?. They rest while somebody types, with Ctrl, Alt or Meta, while a dialog is open,
// and where they are switched off (WCAG 2.1.4). Moving is moving the focus, so a screen reader says where one is.

const switchName = 'desk.keys';
const listName = 'desk.list';
const lastName = 'desk.last';

const actions = {
  j: () => move(1),
  k: () => move(-1),
  o: () => currentLink()?.click(),
  g: () => decide('grant'),
  d: () => decide('decline'),
  '/': () => document.getElementById('search')?.focus(),
  '?': () => document.getElementById('keys')?.showModal(),
};

document.addEventListener('keydown', (event) => {
  const action = Object.hasOwn(actions, event.key) && actions[event.key];
  if (!action || !areOn() || isTyping(event)) return;
  event.preventDefault();
  action();
});

const keysOn = document.getElementById('keys-on');
if (keysOn) {
  keysOn.checked = areOn();
  keysOn.addEventListener('change', () => localStorage.setItem(switchName, keysOn.checked ? 'on' : 'off'));
}

const requestPath = /^\/desk\/requests\/[^/]+$/;
if (requestPath.test(location.pathname)) openRequest();
else if (links().length > 0) openList();

function areOn() {
  return localStorage.getItem(switchName) !== 'off';
}

/** Ctrl and the like belong to the browser. `?` and `/` may need Shift or AltGr, depending on the keyboard. */
function isTyping(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey) return true;
  if (event.altKey && !event.getModifierState('AltGraph')) return true;
  if (document.querySelector('dialog[open]')) return true;
  const quiet = 'input[type=checkbox], input[type=radio], input[type=submit], input[type=button]';
  return event.target.closest?.('input, textarea, select, [contenteditable]')?.matches(`:not(${quiet})`) ?? false;
}

// A list of requests

function links() {
  return [...document.querySelectorAll('[data-row]:not([hidden] *) a')];
}

function currentLink() {
  const all = links();
  return all.find((link) => link === document.activeElement) ?? all.find((link) => link.href === lastHref()) ?? all[0];
}

function lastHref() {
  return sessionStorage.getItem(lastName);
}

/** Whoever comes back from a request finds their place. */
function openList() {
  const cameBack =
    performance.getEntriesByType('navigation')[0]?.type === 'back_forward' ||
    document.referrer.includes('/desk/requests/');
  const last = links().find((link) => link.href === lastHref());
  if (cameBack && last && !location.hash) last.focus();
  document.addEventListener('focusin', ({ target }) => {
    if (target.closest('[data-row]')) sessionStorage.setItem(lastName, target.href);
  });
  document.addEventListener('click', ({ target }) => {
    const link = target.closest?.('[data-row] a');
    if (!link) return;
    sessionStorage.setItem(lastName, link.href);
    remember(links().map(({ href }) => href));
  });
}

function remember(hrefs) {
  const name = document.querySelector('[data-list-name]')?.dataset.listName ?? 'the list';
  sessionStorage.setItem(listName, JSON.stringify({ name, path: location.pathname + location.search, hrefs }));
}

function move(step) {
  if (requestPath.test(location.pathname)) return moveToNeighbour(step);
  const all = links();
  if (all.length === 0) return say('There is no request in this list.');
  const at = all.indexOf(document.activeElement);
  const to = at < 0 ? all.indexOf(currentLink()) : at + step;
  if (!all[to])
    return say(step > 0 ? 'This is the last request of the list.' : 'This is the first request of the list.');
  all[to].focus();
  all[to].closest('[data-row]').scrollIntoView({ block: 'nearest' });
}

function decide(form) {
  if (requestPath.test(location.pathname)) return showForm(form);
  const link = currentLink();
  if (!link) return;
  remember(links().map(({ href }) => href));
  sessionStorage.setItem(lastName, link.href);
  location.assign(`${link.href}#${form}`);
}

// One request

/** The list that the request was opened from; in a tab of its own, the tray that its address names. */
async function openRequest() {
  const hash = location.hash.slice(1);
  // After the browser itself has gone to the part that the address names: that takes the focus away.
  if (hash === 'grant' || hash === 'decline') window.addEventListener('load', () => setTimeout(showForm, 0, hash));
  showNeighbours(await listOfThis());
}

async function listOfThis() {
  const known = JSON.parse(sessionStorage.getItem(listName) ?? 'null');
  if (known?.hrefs.some(isThis)) return known;
  const tray = new URLSearchParams(location.search).get('tray');
  if (!tray) return undefined;
  const path = `/desk?tray=${encodeURIComponent(tray)}`;
  const answer = await fetch(path);
  if (!answer.ok) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const hrefs = [...page.querySelectorAll('[data-row] a')].map(
    (link) => new URL(link.getAttribute('href'), location.href).href,
  );
  const list = { name: page.querySelector('[data-list-name]')?.dataset.listName ?? 'the list', path, hrefs };
  if (!hrefs.some(isThis)) return undefined;
  sessionStorage.setItem(listName, JSON.stringify(list));
  return list;
}

function isThis(href) {
  return new URL(href).pathname === location.pathname;
}

/** Where one is in the list, and the ways to both sides, beside what leads up. */
function showNeighbours(list) {
  const crumbs = document.querySelector('.crumbs');
  if (!crumbs || !list) return;
  const at = list.hrefs.findIndex(isThis);
  const ways = Object.assign(document.createElement('span'), { className: 'neighbours' });
  // Decided or moved, it is not in that tray any more, and the count would be wrong.
  const { tray: now } = document.getElementById('standing')?.dataset ?? {};
  const [, query] = list.path.split('?');
  const tray = { due: 'review' }[new URLSearchParams(query).get('tray')] ?? new URLSearchParams(query).get('tray');
  if (!tray || tray === now) ways.append(`${at + 1} of ${list.hrefs.length} in ${list.name}`);
  else ways.append(`no longer in ${list.name}`);
  for (const [textContent, href] of [
    ['Previous', list.hrefs[at - 1]],
    ['Next', list.hrefs[at + 1]],
  ]) {
    if (href) ways.append(Object.assign(document.createElement('a'), { textContent, href }));
  }
  crumbs.querySelector('a').href = list.path;
  crumbs.append(ways);
}

async function moveToNeighbour(step) {
  const list = await listOfThis();
  if (!list) return say('This request was not opened from a list.');
  const href = list.hrefs[list.hrefs.findIndex(isThis) + step];
  if (!href) return say(step > 0 ? 'This is the last request of the list.' : 'This is the first request of the list.');
  sessionStorage.setItem(lastName, href);
  location.assign(href);
}

/** Opens what the form is folded into, and goes to its first field. */
function showForm(id) {
  const form = document.getElementById(id);
  if (!form) return say('This request cannot be decided now.');
  for (let fold = form.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  for (const fold of form.querySelectorAll(':scope > details')) fold.open = true;
  form.scrollIntoView({ block: 'nearest' });
  const fields = 'input:not([type=hidden]), textarea, select, button';
  [...form.querySelectorAll(fields)].find((field) => !field.disabled && field.offsetParent)?.focus();
}

function say(words) {
  const said = document.getElementById('said');
  said.textContent = '';
  // Emptied first, so that the same words are said again.
  requestAnimationFrame(() => {
    said.textContent = words;
  });
}
