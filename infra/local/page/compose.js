import { ask, el, find } from './dom.js';

const verdicts = ['SPF', 'DKIM', 'DMARC', 'spam', 'virus'];
const statuses = { '': 'as checked here', PASS: 'pass', GRAY: 'gray', FAIL: 'fail' };

/** The two forms. What was typed stays, whatever the answer. */
export function openCompose({ setup, onSending }) {
  const compose = find('compose');
  const replay = find('replay');
  fill(setup);
  const typed = () => Object.fromEntries(new FormData(compose));

  whenSubmitted(compose, find('compose-error'), onSending, async () => {
    const headers = { 'content-type': 'application/json' };
    await ask('send', { method: 'POST', headers, body: JSON.stringify(typed()) });
  });

  whenSubmitted(replay, find('replay-error'), onSending, async () => {
    const { file, ...fields } = Object.fromEntries(new FormData(replay));
    const headers = { 'content-type': 'message/rfc822' };
    const body = file.name ? checked(file) : asMail(typed());
    await ask(`replay?${new URLSearchParams(fields)}`, { method: 'POST', headers, body });
  });
}

function fill({ recipients, smtp }) {
  find('recipients').append(...recipients.map((value) => el('option', { value })));
  find('to').value ||= recipients[0] ?? '';
  find('recipient').value ||= recipients[0] ?? '';
  find('port-hint').textContent = `By SMTP to ${smtp.replace('smtp://', '')}, like any mail client.`;
  find('verdicts').append(...verdicts.map(verdictField));
}

function verdictField(name) {
  const id = `verdict-${name.toLowerCase()}`;
  const options = Object.entries(statuses).map(([value, text]) => el('option', { value }, text));
  return el('div', {}, el('label', { htmlFor: id }, name), el('select', { id, name: name.toLowerCase() }, ...options));
}

function whenSubmitted(form, error, onSending, work) {
  const button = form.querySelector('button');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    for (const place of document.querySelectorAll('form .error')) place.textContent = '';
    onSending();
    await work().catch((failure) => {
      error.textContent = failure.message;
    });
    button.removeAttribute('aria-disabled');
  });
}

/** Refused here, since a server that refuses it on the way breaks the connection before the browser hears why. */
function checked(file) {
  if (file.size <= 40 * 1024 * 1024) return file;
  throw new Error(`${file.name} is over 40 MB, the most that SES takes in: choose a smaller mail.`);
}

/** A mail of its own each time: without a new Message-ID and Date it would be the same mail again. */
function asMail({ from, to, subject, text }) {
  const head = [
    ['From', from],
    ['To', to],
    ['Subject', subject],
    ['Date', new Date().toUTCString().replace('GMT', '+0000')],
    ['Message-ID', `<${crypto.randomUUID()}@localhost>`],
    ['MIME-Version', '1.0'],
    ['Content-Type', 'text/plain; charset=utf-8'],
  ];
  const lines = head.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`);
  return [...lines, '', ...text.split(/\r?\n/)].join('\r\n');
}
