import { Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { linkBatch, preferencesLink } from '../../../shared/deliveries/preferences-link.ts';
import { queueAnswer } from '../../../shared/deliveries/queue.ts';
import { log } from '../../../shared/log.ts';
import { readRequestId } from '../../../shared/requests/id.ts';
import { search } from '../../../shared/requests/search.ts';
import { problem } from '../problem.tsx';
import type { DeskEnv } from '../staff.ts';
import { memberPath } from '../views/paths.ts';
import { communityPage } from './community-page.tsx';
import { readCommunity, readMember } from './facts.ts';
import { memberPage } from './member-page.tsx';
import { membersPage } from './members-page.tsx';
import { recordStatement } from './record-statement.ts';
import { newStatement } from './statement.ts';

/** Members and communities: who they are, what is in effect for their images, and why. */
export const members = new Hono<DeskEnv>();

members.get('/', async (context) => {
  const text = (context.req.query('q') ?? '').trim().slice(0, 200);
  const found = text ? (await search(text)).members : [];
  return context.html(membersPage(context.get('staff'), text, found));
});

members.get('/communities/:communityId', async (context) => {
  const community = await readCommunity(context.req.param('communityId'));
  if (!community) return problem(context, unknownCommunity);
  return context.html(communityPage(context.get('staff'), community));
});

members.get('/:memberId', async (context) => {
  const facts = await readMember(context.req.param('memberId'), context.req.query('after'));
  if (!facts) return problem(context, unknownMember);
  // It stands in an address that anybody may have made.
  const recorded = readRequestId(context.req.query('said') ?? '');
  const linkSent = context.req.query('sent') === 'link';
  const statement = newStatement(facts.member);
  return context.html(memberPage(context.get('staff'), { ...facts, recorded, linkSent, statement }));
});

/** To the primary address and nowhere else, so that whoever presses it learns nothing, and can change nothing. */
members.post('/:memberId/preferences-link', async (context) => {
  const facts = await readMember(context.req.param('memberId'));
  if (!facts) return problem(context, unknownMember);
  const { member } = facts;
  const nonce = String((await context.req.formData().catch(() => new FormData())).get('nonce') ?? '') || undefined;
  const batch = linkBatch(nonce && `desk ${member.memberId} ${nonce}`);
  await queueAnswer(preferencesLink(member, { batch, at: now(), automatic: false }));
  const { id } = context.get('staff');
  log.info('preferences link sent', { memberId: member.memberId, batch, by: id });
  return context.redirect(`${memberPath(member.memberId)}?sent=link`, 303);
});

members.post('/:memberId/statements', async (context) => {
  const facts = await readMember(context.req.param('memberId'));
  if (!facts) return problem(context, unknownMember);
  const staff = context.get('staff');
  // What cannot be read as a form is an empty one, and is told what is missing.
  const form = await context.req.formData().catch(() => new FormData());
  const { recorded, statement } = await recordStatement(facts.member, staff, form);
  const { pathname } = new URL(context.req.url);
  if (recorded) return context.redirect(`${pathname.replace(/\/statements$/, '')}?said=${recorded}`, 303);
  return context.html(memberPage(staff, { ...facts, statement }), 422);
});

const unknownMember = {
  status: 404,
  title: 'There is no such member',
  sentence: 'The directory has no member with this id: search by name, handle or address.',
  more: (
    <p>
      <a href="/desk/members">Search the members</a>
    </p>
  ),
} as const;

const unknownCommunity = {
  ...unknownMember,
  title: 'There is no such community',
  sentence: 'Nobody manages a community with this id, and no request ever spoke of it: search for its manager.',
} as const;
