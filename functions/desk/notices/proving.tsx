import { Hono } from 'hono';
import { noticeDeliveryOf } from '../../../shared/deliveries/of-notice.ts';
import { startExport } from '../../../shared/exports/start.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { search } from '../../../shared/requests/search.ts';
import { problem } from '../problem.tsx';
import type { DeskEnv } from '../staff.ts';
import { knownNotice } from './known-notice.tsx';
import { noticePath } from './paths.ts';
import { type Record, toldPage } from './told-page.tsx';

/** How and when members were told: one of them, or all as a file. */
export const proving = new Hono<DeskEnv>();

proving.get('/:noticeId/told', async (context) => {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  const text = (context.req.query('q') ?? '').trim().slice(0, 200);
  return context.html(toldPage(context.get('staff'), notice, { text, records: await recordsOf(notice, text) }));
});

proving.post('/:noticeId/proof', async (context) => {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  if (!notice.asOf) {
    return problem(context, {
      status: 409,
      title: 'There is nothing to prove yet',
      sentence: 'Sending has not begun, so nobody was told. Nothing was started.',
      more: <a href={noticePath(notice.noticeId)}>To the notice</a>,
    });
  }
  const { id, name } = context.get('staff');
  const exportId = await startExport({ kind: 'notice-proof', subject: notice.noticeId, by: { id, name } });
  return context.redirect(`/desk/exports/${exportId}`, 303);
});

/** Each member that was found, with their delivery; a member who left the directory is found by their id. */
async function recordsOf({ noticeId }: Notice, text: string): Promise<Record[]> {
  if (!text) return [];
  const { members } = await search(text);
  const records = await Promise.all(
    members.map(async (member) => ({ member, delivery: await noticeDeliveryOf(noticeId, member.memberId) })),
  );
  if (records.length > 0) return records;
  const delivery = await noticeDeliveryOf(noticeId, text);
  return delivery ? [{ delivery }] : [];
}
