import { setTimeout as pause } from 'node:timers/promises';
import { envNumber } from '../../shared/env.ts';
import { readRate } from '../../shared/notices/rate.ts';

/**
 * Waits for this process's next turn to send a mail of a notice. Mails of a minute come in a bunch, and SES counts by
 * the second: turns keep notices to their share of its rate, so that none of it is taken from answers. False where the
 * turn would come after `until` (milliseconds since 1970).
 */
export async function takeTurn(until: number): Promise<boolean> {
  const apart = 1000 / (await ratePerSecond());
  const turn = Math.max(Date.now(), next);
  if (turn >= until) return false;
  next = turn + apart;
  const wait = turn - Date.now();
  if (wait >= 1) await pause(wait);
  return true;
}

let next = 0;

/** Of the notices' share, what belongs to this one of the processes that send at the same time. */
async function ratePerSecond(): Promise<number> {
  if (!known || known.readAt + keptFor < Date.now()) known = { readAt: Date.now(), rate: ask(known?.rate) };
  return known.rate;
}

let known: { readAt: number; rate: Promise<number> } | undefined;

/** SES answers GetSendQuota once a second; what it said before is good enough then. */
function ask(before?: Promise<number>): Promise<number> {
  const rate = readRate().then(({ perMinute }) => perMinute / 60 / envNumber('noticeSenders'));
  return rate.catch((error) => {
    if (before) return before;
    known = undefined;
    throw error;
  });
}

/** Milliseconds. */
const keptFor = 60_000;
