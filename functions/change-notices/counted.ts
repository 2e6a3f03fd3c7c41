import { addSeconds } from '../../shared/clock.ts';
import { envShare } from '../../shared/env.ts';
import { overLimits } from '../../shared/notices/limits.ts';
import { type Counting, moveNotice, type Notice } from '../../shared/notices/notice.ts';
import { openOf, totalOf } from '../../shared/notices/tally.ts';

/** The notice after a count, with what follows from it. */
export function counted(notice: Notice, { counts, startedAt }: Counting, at: string): Notice {
  const { counting: _, ...rest } = notice;
  const after: Notice = { ...rest, tally: { ...counts, countedAt: at } };
  const settled = afterWalk(after, startedAt);
  return paused(settled, at) ?? done(settled, at) ?? later(settled, at);
}

/** The deliveries are the truth: members who left while a page was done again were counted by nobody else. */
function afterWalk(notice: Notice, startedAt: string): Notice {
  const { walk, tally } = notice;
  if (!walk?.doneAt || !tally || startedAt < walk.doneAt) return notice;
  const audience = totalOf(tally);
  return { ...notice, walk: { ...walk, audience, byBanner: tally.byBanner, queued: audience - tally.byBanner } };
}

function paused(notice: Notice, at: string): Notice | undefined {
  if (notice.state !== 'sending') return undefined;
  const limits = { bounces: envShare('bounceLimit'), complaints: envShare('complaintLimit') };
  const what = overLimits(notice, limits);
  return what ? moveNotice(notice, { at, state: 'paused', what }) : undefined;
}

/** Once everybody is told, and SES has said of each mail what became of it or will not say any more. */
function done(notice: Notice, at: string): Notice | undefined {
  const { state, walk, tally } = notice;
  if (state !== 'sending' || !walk?.doneAt || !tally || tally.countedAt < walk.doneAt) return undefined;
  const open = openOf(tally);
  if (open > 0 && addSeconds(walk.doneAt, patience) > at) return undefined;
  const about = open > 0 ? ` Of ${open.toLocaleString('en')} nothing final is known after three days.` : '';
  return moveNotice(notice, { at, state: 'sent', what: `Everybody is told.${about}` });
}

/**
 * When to count again. Bounces and complaints come in for days, first many and then few, and a count reads every
 * delivery: each wait is a tenth of what has passed since the last member was queued, or since the notice was paused,
 * sent or cancelled. What is sent or cancelled is counted no more after three days.
 */
function later(notice: Notice, at: string): Notice {
  const { state, walk, history } = notice;
  const isEnded = state === 'sent' || state === 'cancelled';
  const since = state === 'sending' ? walk?.doneAt : history.findLast((entry) => entry.state === state)?.at;
  // The walk goes on in the next minute.
  if (!since) return notice;
  if (isEnded && addSeconds(since, patience) <= at) return { ...notice, active: undefined, dueAt: undefined };
  const passed = (Date.parse(at) - Date.parse(since)) / 1000;
  return { ...notice, dueAt: addSeconds(at, Math.max(45, passed / 10)) };
}

/** Seconds in three days: SES tries a mail for 14 hours at most, and a complaint comes after a day or two. */
const patience = 72 * 3_600;
