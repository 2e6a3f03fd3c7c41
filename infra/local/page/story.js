import { el, find } from './dom.js';
import { keyText } from './items.js';
import { drawMilestones } from './milestones.js';
import { openNames } from './names.js';

/** Tells the story of one mail at a time: the one that this page sends, or the next that comes from elsewhere. */
export function openStory({ setup, onStart }) {
  const nameOf = openNames(setup.picture);
  const milestones = drawMilestones();
  let run = newRun();

  const tellers = {
    mail: ({ what, detail, at }) => passages[what]?.(at, detail ?? {}),
    log: ({ from, line, at }) => {
      if (line.level === 'ERROR') complain(`${from}: ${line.message}`);
      if (line.outcome === 'skipped') return withhold(at, line.reason);
      if (!line.rule || !line.outcome) return;
      run.deciders.add(from);
      // A function logs its decision when it has carried it out.
      tell('decided', run.flagAt ?? at, `${from} decided: ${line.outcome}`, `${line.reason} (rule ${line.rule})`);
      tellFlags();
    },
    change: ({ table, key, at }) => {
      if (table !== setup.flagsTable) return;
      run.flags.add(keyText(key));
      run.flagAt ??= at;
      if (run.deciders.size > 0) tellFlags();
    },
    call: (call) => {
      if (!call.allowed) complain(`${call.from} may not ${call.action} on ${nameOf(call.resource)}: ${call.because}.`);
      if (call.action === 'sqs:SendMessage' && call.status === 200) run.senders.add(call.from);
      if (call.action === 'lambda:InvokeFunction') afterInvocation(call);
    },
  };

  const passages = {
    accepted(at) {
      // The last mail is decided: what comes now is the story of another one.
      if (!run.active || run.deciders.size > 0) begin();
      run.startedAt ??= Date.parse(at);
      tell('accepted', at, 'SES took the mail', 'One of its receipt rules is for this address.');
    },
    stored: (at, { bucket }) => tell('stored', at, `It is stored in ${nameOf(`arn:aws:s3:::${bucket}`)}`),
    notified: (at, { topic }) =>
      tell('stored', at, undefined, `SES then told the ${nameOf(topic)}, and that told the queue.`),
    sent(at) {
      tell('answer', at, 'The answer is in the mailbox', 'SES took it and delivered it.');
      run.active = false;
    },
  };

  return { begin, show: (event) => tellers[event.kind]?.(event) };

  function begin() {
    run = { ...newRun(), active: true };
    milestones.reset();
    find('denials').replaceChildren();
    onStart();
  }

  /** The function that decided is done: what it has not done by now, it does not do. */
  function afterInvocation({ resource, status, at, ms }) {
    const name = resource.split(':').at(-1);
    if (status >= 500) return complain(`${name} failed. ${comesBack}`);
    if (!run.deciders.has(name)) return;
    const ended = Date.parse(at) + ms;
    if (run.flags.size === 0) tell('flag', ended, 'No flag changed', 'Nothing to set, or it was set already.', 'none');
    if (run.senders.has(name)) return;
    tell('answer', ended, 'No answer goes back', 'The function queued none.', 'none');
    run.active = false;
  }

  function withhold(at, reason) {
    tell('answer', at, 'No answer goes back', reason, 'none');
    run.active = false;
  }

  function tellFlags() {
    if (run.flags.size > 0) tell('flag', run.flagAt, 'The flag is set', [...run.flags].join(', '));
  }

  function tell(id, at, sentence, detail, state) {
    const milliseconds = run.startedAt && Math.max(0, new Date(at) - run.startedAt);
    milestones.reach(id, { sentence, detail, milliseconds, state });
  }
}

const comesBack =
  'Its message comes back after the visibility timeout of the queue, and in the end goes to the dead letters.';

const newRun = () => ({
  active: false,
  startedAt: undefined,
  flagAt: undefined,
  deciders: new Set(),
  flags: new Set(),
  senders: new Set(),
});

/** The first few things that went wrong; more of them say no more. */
function complain(sentence) {
  const place = find('denials');
  const known = [...place.children].map(({ textContent }) => textContent);
  if (known.length < 3 && !known.includes(sentence)) place.append(el('span', {}, sentence));
}
