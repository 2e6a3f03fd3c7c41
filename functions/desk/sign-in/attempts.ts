import type { Context } from 'hono';
import { dropCookie, readCookie, writeCookie } from './cookies.ts';

/** What we keep while somebody is away at the issuer. */
export interface Attempt {
  /** Comes back in the address: only who set out can come back (RFC 6749 section 10.12). */
  state: string;
  /** Comes back in the ID token: it was made for this attempt (OpenID Connect Core section 3.1.2.1). */
  nonce: string;
  /** Shows the token endpoint that the code is used by who asked for it (RFC 7636). */
  verifier: string;
  back: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Long enough to find a phone with the second factor on it. */
const patience = 10 * 60_000;

/** Several tabs may ask for a sign-in at once, as when a session ends over night. */
const most = 3;

export async function keepAttempt(context: Context, attempt: Attempt): Promise<void> {
  await write(context, [...(await read(context)), attempt].slice(-most));
}

/** The attempt of that state, which is then gone; undefined where there is none, or where it is too old. */
export async function takeAttempt(context: Context, state = ''): Promise<Attempt | undefined> {
  const attempts = await read(context);
  const attempt = attempts.find((candidate) => candidate.state === state);
  if (attempt)
    await write(
      context,
      attempts.filter((candidate) => candidate !== attempt),
    );
  return attempt;
}

async function read(context: Context): Promise<Attempt[]> {
  const attempts = (await readCookie<Attempt[]>(context, 'sign-in')) ?? [];
  return attempts.filter(({ at }) => Date.now() < at + patience);
}

async function write(context: Context, attempts: Attempt[]): Promise<void> {
  if (attempts.length === 0) dropCookie(context, 'sign-in');
  else await writeCookie(context, 'sign-in', attempts, patience / 1000);
}
