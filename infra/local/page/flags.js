import { ask, clockTime, el, find } from './dom.js';
import { differences, keyText, plain } from './items.js';

/** Rows of the table of flags; those that the last mail changed stand first. */
export function openFlags() {
  const place = find('flag-rows');
  const rows = new Map();
  draw();

  return {
    async refresh() {
      const answer = await ask('flags').catch(() => undefined);
      if (!answer) return;
      for (const [name, { changed }] of rows) if (!changed) rows.delete(name);
      for (const raw of answer.items) {
        const item = plain(raw);
        const name = answer.keys.map((key) => item[key]).join(' · ');
        if (!rows.has(name)) rows.set(name, { item });
      }
      draw(answer.more);
    },
    change({ key, before, after }) {
      const name = keyText(key);
      rows.delete(name);
      if (after) rows.set(name, { item: plain(after), before: before && plain(before), changed: true });
      draw();
    },
    /** A new mail begins: nothing is new any more. */
    settle() {
      for (const [name, { item }] of rows) rows.set(name, { item });
      draw();
    },
  };

  function draw(more = false) {
    const changed = [...rows].filter(([, row]) => row.changed);
    const others = [...rows].filter(([, row]) => !row.changed).sort(([a], [b]) => (a < b ? -1 : 1));
    const sorted = [...changed, ...others];
    const empty = 'No flag is set yet. Send the mail: the rows that it sets in the table appear here.';
    place.replaceChildren(
      ...sorted.map(([name, row]) => drawRow(name, row)),
      sorted.length === 0 ? el('p', { className: 'empty' }, empty) : '',
      more ? el('p', { className: 'empty' }, 'The table has more rows than these.') : '',
    );
  }
}

function drawRow(name, { item, before, changed }) {
  const maps = Object.values(item).filter(isMap);
  const badge = changed ? el('span', { className: 'badge' }, before ? 'changed' : 'new') : '';
  return el(
    'article',
    changed ? { 'data-changed': '' } : {},
    el('h3', {}, name, ' ', badge),
    ...maps.map((map) => el('dl', {}, ...Object.entries(map).flatMap(drawScope))),
    changed ? el('p', { className: 'before' }, beforeText(before, item)) : '',
    el('details', {}, el('summary', {}, 'The whole item'), el('pre', { tabIndex: 0 }, JSON.stringify(item, null, 2))),
  );
}

/** One line a scope: what speaks for it, by reason; an empty reason says nothing. */
function drawScope([scope, reasons]) {
  const groups = isMap(reasons) ? Object.entries(reasons) : [['', reasons]];
  const shown = groups.flatMap(([group, ids]) => idsOf(group, ids));
  return [el('dt', {}, scope), el('dd', {}, ...(shown.length > 0 ? shown : ['nothing']))];
}

function idsOf(group, ids) {
  if (!isMap(ids)) return [el('span', {}, `${group} ${ids}`)];
  return Object.entries(ids).map(([id, since]) =>
    el('span', {}, el('b', {}, group), ` ${id}`, el('i', {}, ` since ${timeText(since)}`)),
  );
}

const timeText = (value) => (Number.isNaN(Date.parse(value)) ? String(value) : clockTime(value));

function beforeText(before, item) {
  if (!before) return 'Before: no row.';
  const changed = differences(before, item);
  return `Before: ${changed.map(({ name, before: was }) => `${name} ${was ?? 'nothing'}`).join('; ')}.`;
}

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
