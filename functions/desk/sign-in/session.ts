import type { Context } from 'hono';
import { envNumber } from '../../../shared/env.ts';
import type { Staff } from '../staff.ts';
import { dropCookie, readCookie, writeCookie } from './cookies.ts';

/**
 * Who signed in, when, and when they last did something, in milliseconds since 1970. No token of the issuer is kept.
 * All of it is in the cookie: signing out takes it from the browser, but a copy that was stolen before is good until
 * its time is over, or its key is gone. A list of those that were ended would cost a read at every click.
 */
export interface Session {
  staff: Staff;
  since: number;
  seen: number;
}

/** The session of a request; undefined where there is none, or where it is over. */
export async function readSession(context: Context): Promise<Session | undefined> {
  const session = await readCookie<Session>(context, 'session');
  return session && isGoingOn(session, Date.now(), limits()) ? session : undefined;
}

export async function startSession(context: Context, staff: Staff): Promise<void> {
  const at = Date.now();
  await write(context, { staff, since: at, seen: at });
}

/** Notes that the person is still there. Not at every click: each time costs half a kilobyte of headers. */
export async function keepSession(context: Context, session: Session): Promise<void> {
  const at = Date.now();
  if (at - session.seen > 60_000) await write(context, { ...session, seen: at });
}

export function endSession(context: Context): void {
  dropCookie(context, 'session');
}

export interface Limits {
  /** From the sign-in, whatever is done. */
  hours: number;
  /** From the last thing that the person did. */
  idleMinutes: number;
}

export function isGoingOn({ since, seen }: Pick<Session, 'since' | 'seen'>, at: number, limits: Limits): boolean {
  return at < since + limits.hours * 3_600_000 && at < seen + limits.idleMinutes * 60_000;
}

const limits = (): Limits => ({ hours: envNumber('sessionHours'), idleMinutes: envNumber('sessionIdleMinutes') });

function write(context: Context, session: Session): Promise<void> {
  return writeCookie(context, 'session', session, limits().hours * 3600);
}
