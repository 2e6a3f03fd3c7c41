import { ask, clockTime, el, find } from './dom.js';

/** The list of messages, and the one that is open. */
export function openMailbox() {
  const list = find('messages');
  const reader = find('reader');
  let open;
  drawEmpty();

  return {
    /** `arrived` is opened at once, unless somebody is reading. */
    async refresh({ arrived } = {}) {
      const { messages } = await ask('mailbox').catch(() => ({ messages: [] }));
      list.replaceChildren(...messages.map((message) => drawMessage(message, message.id === arrived)));
      if (messages.length === 0) return drawEmpty();
      const reading = reader.contains(document.activeElement);
      const wanted = messages.find(({ id }) => id === arrived) ?? (open ? undefined : messages[0]);
      if (wanted && !(open && reading)) await show(wanted);
      mark();
    },
  };

  function drawMessage(message, isNew) {
    const { subject, to, at } = message;
    const button = el(
      'button',
      { type: 'button', 'data-id': message.id },
      el('b', {}, subject),
      el('span', {}, `to ${to}, ${clockTime(at)}`),
    );
    button.addEventListener('click', () => show(message).then(mark));
    return el('li', isNew ? { className: 'arrived' } : {}, button);
  }

  function mark() {
    for (const button of list.querySelectorAll('button')) {
      button.setAttribute('aria-current', button.dataset.id === open);
    }
  }

  function drawEmpty() {
    open = undefined;
    reader.replaceChildren(el('p', { className: 'empty' }, 'Empty so far. Send the mail: its answer drops in here.'));
  }

  async function show(message) {
    const mail = await ask(`mailbox/${encodeURIComponent(message.id)}`).catch(({ message: error }) => ({ error }));
    open = message.id;
    if (mail.error) return reader.replaceChildren(el('p', { className: 'error' }, mail.error));
    reader.replaceChildren(drawHead(mail), ...drawTabs(message.id, mail));
  }
}

function drawHead({ from, to, subject }) {
  const fields = { From: from, To: to, Subject: subject };
  return el(
    'dl',
    { className: 'head' },
    ...Object.entries(fields).map(([k, v]) => el('div', {}, el('dt', {}, k), el('dd', {}, v))),
  );
}

/** One mail in four ways, as tabs (ARIA authoring practices: arrow keys move, the panel follows). */
function drawTabs(id, mail) {
  const folder = `mailbox/${encodeURIComponent(id)}`;
  const ways = {
    ...(mail.hasHtml && { 'As mail': () => frame(`${folder}/html`) }),
    Text: () => text(mail.text),
    Headers: () => text(mail.headers.join('\n')),
    Raw: () => raw(`${folder}/raw`),
  };
  const panel = el('div', { id: 'mail-panel', role: 'tabpanel' });
  const tabs = Object.keys(ways).map((name) => {
    const tab = el(
      'button',
      { type: 'button', role: 'tab', id: `tab-${name.replace(' ', '-')}`, 'aria-controls': 'mail-panel' },
      name,
    );
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', ({ key }) => step(tab, { ArrowRight: 1, ArrowLeft: -1 }[key]));
    return tab;
  });
  choose(tabs[0]);
  return [el('div', { role: 'tablist', 'aria-label': 'Ways to see the mail' }, ...tabs), panel];

  function choose(chosen) {
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', chosen.id);
    panel.replaceChildren(ways[chosen.textContent]());
  }

  function step(tab, by) {
    if (!by) return;
    const next = tabs.at((tabs.indexOf(tab) + by) % tabs.length);
    choose(next);
    next.focus();
  }
}

/** The server sends it with a policy that allows no code and loads nothing; the sandbox says so once more. */
function frame(src) {
  return el('iframe', {
    src,
    sandbox: 'allow-popups allow-popups-to-escape-sandbox',
    title: 'The mail as its reader sees it',
  });
}

const text = (content) => el('pre', { tabIndex: 0 }, content);

function raw(address) {
  const content = text('Loading …');
  fetch(address)
    .then((response) => response.text())
    .then((source) => {
      content.textContent = source.length > 100_000 ? `${source.slice(0, 100_000)}\n…` : source;
    })
    .catch(() => {
      content.textContent = 'The local stack does not answer. Start it with: npm start';
    });
  return content;
}
