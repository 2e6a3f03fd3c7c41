import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { now } from '../../../shared/clock.ts';
import { linkBatch, preferencesLink } from '../../../shared/deliveries/preferences-link.ts';
import { queueAnswer } from '../../../shared/deliveries/queue.ts';
import { errorName, reasonOf } from '../../../shared/errors.ts';
import { log } from '../../../shared/log.ts';
import { getMembers } from '../../../shared/members/directory.ts';
import type { Member } from '../../../shared/members/member.ts';
import { type PreferencesLink, readPreferencesToken } from '../../../shared/requests/preferences-token.ts';
import { takePreferences, usedBy } from '../../../shared/requests/take-preferences.ts';
import { tokenKeys } from '../../../shared/tokens.ts';
import { answerProblem, inTime, leavesNoTrace, privacyAddress } from '../mailed-links.ts';
import { chooseWords } from '../words/choose.ts';
import type { Words } from '../words/words.ts';
import { askForLink } from './ask.tsx';
import { formPage, savedPage, sentAgainPage } from './pages.tsx';
import { readPresent } from './present.ts';
import { problemWithNewLink } from './problem.tsx';
import { readWishes } from './wishes.ts';

/**
 * A member's preferences: a page that takes an address, and the page behind the link that comes by mail. Opening that
 * one changes nothing, since the link scanners of mail systems open it too; saving uses the link up.
 */
export const preferences = new Hono();

preferences.use(leavesNoTrace);
preferences.use(inTime);
preferences.route('/', askForLink);

preferences.use('/:token', bodyLimit({ maxSize: 64 * 1024, onError: (context) => notUnderstood(context, 413) }));

preferences.get('/:token', async (context) => {
  const known = await findMember(context);
  if (known instanceof Response) return known;
  if (await usedBy(known.link.nonce)) return problem(context, 'used', 410, known.member);
  return context.html(formPage(await readPresent(known.member), wordsFor(context, known.member)));
});

preferences.post('/:token', async (context) => {
  const known = await findMember(context);
  if (known instanceof Response) return known;
  const { link, member } = known;
  const words = wordsFor(context, member);
  const body = await context.req.text();
  if (new URLSearchParams(body).has('again')) return sendAgain(context, known);
  const wishes = readWishes(body, member);
  if (!wishes) return notUnderstood(context, 400);
  const taken = await takePreferences({ nonce: link.nonce, member, wishes, at: now() });
  if (taken === 'used') return problem(context, 'used', 410, member);
  const present = await readPresent(member);
  if (taken === 'same') return context.html(formPage(present, words, words.preferences.same));
  const { requestId, state } = taken.done;
  log.info('preferences', { requestId, memberId: member.memberId, state });
  return context.html(savedPage(present, words, requestId));
});

preferences.on(['GET', 'POST'], '*', (context) => problem(context, 'unknown', 404));
preferences.all('*', (context) => {
  context.header('Allow', 'GET, HEAD, POST');
  return notUnderstood(context, 405);
});

/** What was left undone is done when the form is sent again, or within the hour. */
preferences.onError((error, context) => {
  log.error('preferences page failed', { error: errorName(error), reason: reasonOf(error) });
  context.header('Retry-After', '60');
  return answerProblem(context, (words) => words.unavailable, 503);
});

/** Only for a link that is used up, which nobody but its reader can have: one more for each, however often it is sent. */
async function sendAgain(context: Context, { link, member }: Known) {
  if (!(await usedBy(link.nonce))) return notUnderstood(context, 400);
  const batch = linkBatch(`again ${link.nonce}`);
  await queueAnswer(preferencesLink(member, { batch, at: now(), automatic: false }));
  return context.html(sentAgainPage(wordsFor(context, member), privacyAddress()));
}

interface Known {
  link: PreferencesLink;
  member: Member;
}

async function findMember(context: Context): Promise<Known | Response> {
  const link = readPreferencesToken(context.req.param('token') ?? '', now(), await tokenKeys());
  const [member] = link ? await getMembers([link.memberId]) : [];
  return link && member ? { link, member } : problem(context, 'unknown', 404);
}

const wordsFor = (context: Context, member?: Member): Words => chooseWords(context, member?.locale);

const notUnderstood = (context: Context, status: 400 | 405 | 413) =>
  answerProblem(context, (words) => words.preferences.notUnderstood, status);

/** A link that was used tells whose it was, and so the language. */
const problem = (context: Context, name: 'used' | 'unknown', status: 404 | 410, member?: Member) =>
  context.html(problemWithNewLink(wordsFor(context, member), name, privacyAddress()), status);
