import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { env } from '../../../shared/env.ts';
import { isFragment, isPage, problem } from '../problem.tsx';
import type { DeskEnv, Group } from '../staff.ts';
import { ownPath } from './own-path.ts';
import { SendAgain } from './send-again.tsx';
import { keepSession, readSession } from './session.ts';

/** Lets on who is signed in, as `context.get('staff')`. A page leads to the sign-in; anything else is told with 401. */
export const signedIn = createMiddleware<DeskEnv>(async (context, next) => {
  const session = await readSession(context);
  if (!session) return askToSignIn(context);
  context.set('staff', session.staff);
  // What a page asks for by itself is no sign of its reader.
  if (isPage(context) || context.req.method !== 'GET') await keepSession(context, session);
  return next();
});

/** Lets on who is in one of the groups, and tells others whom it is for. */
export const only = (...groups: Group[]) =>
  createMiddleware<DeskEnv>(async (context, next) => {
    const { name, groups: own } = context.get('staff');
    if (groups.some((group) => own.includes(group))) return next();
    const asWhat = own.length > 0 ? `, with the role ${own.join(' and ')}` : ', without a role';
    return problem(context, {
      status: 403,
      title: 'Your role does not include this',
      sentence: `It is for the role ${groups.join(' or ')}. You are signed in as ${name}${asWhat}. Ask whoever manages the accounts for the role, then sign out and sign in again.`,
    });
  });

async function askToSignIn(context: Context<DeskEnv>) {
  const { method } = context.req;
  const { pathname, search } = new URL(context.req.url);
  const isOpening = (method === 'GET' || method === 'HEAD') && isPage(context);
  if (isOpening) return context.redirect(signInAddress(`${pathname}${search}`));
  return problem(context, {
    status: 401,
    title: 'Your sign-in has ended',
    sentence: 'Your sign-in has ended, and nothing was done.',
    more: isPage(context) ? (
      <SendAgain action={`${pathname}${search}`} fields={await fieldsOf(context)} />
    ) : (
      isFragment(context) && <a href={signInAddress(pageOf(context))}>Sign in again</a>
    ),
  });
}

/** Under our own name: a browser that came by another one, such as localhost, would not send its cookies back there. */
const signInAddress = (back: string): string =>
  `${env('publicUrl')}/desk/sign-in?back=${encodeURIComponent(ownPath(back))}`;

/** The page on which htmx asks. */
function pageOf(context: Context): string {
  const address = context.req.header('hx-current-url') ?? '';
  return URL.canParse(address) ? new URL(address).pathname : '/desk';
}

/** What was typed into a form, so that it can be sent again. Files are left out: a browser does not take them back. */
async function fieldsOf(context: Context): Promise<[string, string][]> {
  const isForm = context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded');
  return isForm ? [...new URLSearchParams(await context.req.text())] : [];
}
