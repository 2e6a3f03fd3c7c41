import { Hono } from 'hono';
import { env } from '../../../shared/env.ts';
import { reasonOf } from '../../../shared/errors.ts';
import { log } from '../../../shared/log.ts';
import { problem } from '../problem.tsx';
import type { DeskEnv } from '../staff.ts';
import { keepAttempt, takeAttempt } from './attempts.ts';
import { finishSignIn, signOutAddress, startSignIn } from './issuer.ts';
import { ownPath } from './own-path.ts';
import { explain, tooLate } from './problems.tsx';
import { endSession, readSession, startSession } from './session.ts';

/** Sign-in by OpenID Connect: out to the issuer, back from it, and out for good. */
export const signIn = new Hono<DeskEnv>();

signIn.get('/sign-in', async (context) => {
  const url = new URL(context.req.url);
  const back = ownPath(context.req.query('back'));
  // The cookie has to be there when the issuer leads back, and it leads back to our own name alone.
  if (url.host !== new URL(env('publicUrl')).host) {
    return context.redirect(`${env('publicUrl')}/desk/sign-in?back=${encodeURIComponent(back)}`);
  }
  if (await readSession(context)) return context.redirect(back);
  try {
    const { address, attempt } = await startSignIn(back);
    await keepAttempt(context, attempt);
    return context.redirect(address);
  } catch (error) {
    return problem(context, explained(error, back));
  }
});

/** The issuer leads back here. A state is good for once, in the browser that set out with it. */
signIn.get('/signed-in', async (context) => {
  const attempt = await takeAttempt(context, context.req.query('state'));
  if (!attempt) return (await readSession(context)) ? context.redirect('/desk') : problem(context, tooLate());
  try {
    const staff = await finishSignIn(new URL(context.req.url).search, attempt);
    await startSession(context, staff);
    log.info('signed in', { staffId: staff.id, groups: staff.groups });
    return context.redirect(attempt.back);
  } catch (error) {
    return problem(context, explained(error, attempt.back));
  }
});

signIn.post('/sign-out', async (context) => {
  endSession(context);
  try {
    const address = await signOutAddress();
    if (address) return context.redirect(address, 303);
  } catch (error) {
    explained(error, '/desk');
  }
  return problem(context, {
    status: 200,
    title: 'You are signed out',
    sentence: 'The sign-in service may still know this browser: on a shared computer, close it.',
    more: <a href="/desk/sign-in">Sign in again</a>,
  });
});

function explained(error: unknown, back: string) {
  const { code, ...what } = explain(error, back);
  log.warn('sign-in failed', { code, reason: reasonOf(error) });
  return what;
}
