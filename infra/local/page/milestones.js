import { el, find, icon } from './dom.js';

/** What a mail goes through, in the words of a person. Pending ones stand there from the start, so nothing jumps. */
const pending = {
  accepted: 'SES takes the mail',
  stored: 'It is stored, and the queue is told',
  decided: 'A function reads it and decides',
  flag: 'The flag is set',
  answer: 'An answer goes back',
};

/** Draws the milestones and says each one that is reached to screen readers, without interrupting. */
export function drawMilestones() {
  const lines = Object.fromEntries(Object.entries(pending).map(([id, text]) => [id, drawLine(id, text)]));
  find('milestones').append(...Object.values(lines).map(({ item }) => item));
  return {
    /** `state` is `done`, or `none` for what does not come. Without a sentence the one before stays. */
    reach(id, { sentence, detail, milliseconds, state = 'done' }) {
      lines[id].show({ sentence, detail, milliseconds, state });
      if (sentence) find('announcements').append(el('p', {}, `${sentence}. ${detail ?? ''}`));
    },
    reset() {
      for (const line of Object.values(lines)) line.reset();
      find('announcements').replaceChildren();
    },
  };
}

function drawLine(id, text) {
  const sentence = el('b', {}, text);
  const time = el('span', { className: 'time' });
  const detail = el('span', { className: 'detail' });
  const mark = el('span', { className: 'mark' });
  const item = el('li', { 'data-milestone': id }, mark, el('div', {}, sentence, ' ', time), detail);
  return {
    item,
    show(line) {
      item.dataset.state = line.state;
      mark.replaceChildren(icon(line.state === 'done' ? 'check' : 'dash'));
      if (line.sentence) sentence.textContent = line.sentence;
      if (line.detail) detail.textContent = line.detail;
      if (line.milliseconds) time.textContent = `${Math.round(line.milliseconds)} ms`;
    },
    reset() {
      delete item.dataset.state;
      mark.replaceChildren();
      sentence.textContent = text;
      time.textContent = '';
      detail.textContent = '';
    },
  };
}
