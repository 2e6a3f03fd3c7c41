import type { Context } from 'hono';
import { now } from '../../../shared/clock.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { isNoticeId } from '../../../shared/notices/notice-id.ts';
import type { Acting } from '../../../shared/notices/outcome.ts';
import { readNotice } from '../../../shared/notices/store.ts';
import { problem } from '../problem.tsx';
import type { DeskEnv } from '../staff.ts';
import { noticesPath } from './paths.ts';

/** The notice of the address, or the answer that says that there is none. */
export async function knownNotice(context: Context<DeskEnv>): Promise<Notice | Response> {
  const noticeId = (context.req.param('noticeId') ?? '').toUpperCase();
  const notice = isNoticeId(noticeId) ? await readNotice(noticeId) : undefined;
  return notice ?? problem(context, unknown);
}

/** Who acts, and when. */
export function actingIn(context: Context<DeskEnv>): Acting {
  const { id, name } = context.get('staff');
  return { by: { id, name }, at: now() };
}

const unknown = {
  status: 404,
  title: 'There is no such notice',
  sentence: 'The address may be incomplete.',
  more: <a href={noticesPath}>To the notices</a>,
} as const;
