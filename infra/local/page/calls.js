import { el, find, icon } from './dom.js';
import { differences, keyText, plain } from './items.js';
import { openNames } from './names.js';

/** Rows that stay on the page; the oldest go first. */
const most = 300;

/** Lists calls, log lines and what changed in the tables, in the order in which they happened. */
export function openCalls(picture) {
  const nameOf = openNames(picture);
  const list = find('call-list');
  let startedAt;

  const rows = {
    call: ({ from, action, resource, allowed, because, status, ms }) => [
      { 'data-state': allowed ? (status < 400 ? 'passed' : 'odd') : 'failed' },
      [el('b', {}, from), ' ', el('code', {}, action), ' on ', el('span', { className: 'resource' }, nameOf(resource))],
      [
        el('span', { className: 'decision' }, icon(allowed ? 'check' : 'cross'), allowed ? 'allowed' : 'denied'),
        `: ${because}`,
        status >= 400 && allowed ? `; answered ${status}` : '',
        action === 'sqs:ReceiveMessage' ? '' : `, ${ms < 1 ? 'under 1' : Math.round(ms)} ms`,
      ],
    ],
    log: ({ from, line }) => [
      { 'data-state': line.level === 'ERROR' ? 'failed' : 'log' },
      [el('b', {}, from), ' logs: ', el('span', { className: 'resource' }, line.message ?? `${line}`)],
      Object.entries(line)
        .filter(([name]) => typeof line === 'object' && !isUsual(name))
        .map(([name, value]) => el('span', { className: 'field' }, el('i', {}, name), ` ${textOf(value)}`)),
    ],
    change: ({ by, table, key, before, after }) => [
      { 'data-state': 'change' },
      [el('b', {}, by), ' changed ', el('span', { className: 'resource' }, `${shortTable(table)} ${keyText(key)}`)],
      [changeDetails(before, after)],
    ],
    skipped: ({ count }) => [{ 'data-state': 'odd' }, [`${count} more events passed too fast to be shown.`], []],
  };

  return {
    show(event) {
      if (event.line?._aws || !rows[event.kind]) return;
      const [attributes, what, why] = rows[event.kind](event);
      const time = el(
        'span',
        { className: 'time' },
        event.at ? sinceStart(Date.parse(event.at) + (event.ms ?? 0)) : '',
      );
      list.append(
        el('li', attributes, time, el('div', {}, el('p', {}, what), why.length ? el('p', {}, why) : undefined)),
      );
      if (list.childElementCount > most) list.firstElementChild.remove();
      find('no-calls').hidden = true;
    },
    clear() {
      list.replaceChildren();
      startedAt = undefined;
      find('no-calls').hidden = false;
    },
  };

  function shortTable(table) {
    return picture.nodes.find(({ arns }) => arns[0]?.endsWith(`/${table}`))?.name ?? table;
  }

  /** A call counts from when it was answered, which is the order of the list. */
  function sinceStart(at) {
    startedAt ??= at;
    return `${Math.max(0, Math.round(at - startedAt))} ms`;
  }
}

/** The values that differ; of a new row there is nothing to compare with. */
function changeDetails(before, after) {
  const changed = differences(before && plain(before), after && plain(after));
  const what = before ? (after ? 'changed: see what' : 'removed: see what') : 'a new row: see what';
  const sides = ['before', 'after'].filter((side) => side === 'after' || before);
  const head = ['value', ...sides].map((text) => el('th', { scope: 'col' }, text));
  const body = changed.map((value) => [
    el('th', { scope: 'row' }, value.name),
    ...sides.map((side) => el('td', {}, value[side] ?? 'nothing')),
  ]);
  const rows = body.map((cells) => el('tr', {}, ...cells));
  const table = el('table', {}, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows));
  return el('details', {}, el('summary', {}, what), table);
}

const textOf = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** What every line carries, and what the row says already. */
const isUsual = (name) =>
  /^(function_|level$|message$|timestamp$|service$|cold_start$|sampling_rate$|xray_trace_id$)/.test(name);
