import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../../shared/notices/draft.ts';
import { dueNotices, listNotices, showingNotices } from '../../../shared/notices/list.ts';
import {
  approveNotice,
  cancelNotice,
  endBanner,
  pauseNotice,
  resumeNotice,
  submitNotice,
} from '../../../shared/notices/steps.ts';
import { changeNotice, readNotice } from '../../../shared/notices/store.ts';
import { createNotice, editNotice } from '../../../shared/notices/write.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { anna, doneOf, draft, now, type Officers, officersOf, otto } from '../../walks/notice-officers.ts';
import { walkOn } from '../../walks/walk.ts';

let stack: LocalStack;
let officers: Officers;

beforeAll(async () => {
  stack = await startLocalStack();
  officers = officersOf(stack);
  await walkOn(stack).haveMembers('m1,ann,Ann Example,ann@example.org,,,en,');
});
afterAll(async () => {
  officers?.leave();
  await stack?.stop();
});

const written = async (changes = {}) =>
  doneOf(await createNotice({ nonce: `${Math.random()}`, by: anna, at: now(), draft: draft(changes) }));
const submitted = async (changes = {}) => {
  const { noticeId, version } = await written(changes);
  return doneOf(await submitNotice(noticeId, { by: anna, at: now(), seen: version }));
};
const approve = (noticeId: string, hash: string, by = otto) =>
  approveNotice(noticeId, { by, at: now(), hash, secondOfficer: true });

test('a form that is sent twice is one notice', async () => {
  const form = { nonce: 'the same', by: anna, at: now(), draft: draft() };
  const [first, second] = await Promise.all([createNotice(form), createNotice(form)]);
  expect(doneOf(second).noticeId).toBe(doneOf(first).noticeId);
  expect(doneOf(await createNotice({ ...form, by: otto })).noticeId).not.toBe(doneOf(first).noticeId);
});

test('of two officers who change the same page, the second learns who was first, and nothing is lost', async () => {
  const { noticeId, version } = await written();
  const same = draft();
  const change = (by: typeof anna, title: string) =>
    editNotice(noticeId, {
      ...{ by, at: now(), seen: version },
      draft: { ...same, texts: { en: { subject: title, markdown: 'x' } } },
    });
  doneOf(await change(anna, 'From Anna'));
  expect(await change(otto, 'From Otto')).toMatchObject({ changed: { title: 'From Anna' }, entries: [{ by: anna }] });
  // The same form once more.
  expect(doneOf(await change(anna, 'From Anna')).title).toBe('From Anna');
});

test('what cannot be sent is not submitted, and every fault is named', async () => {
  const { noticeId, version } = await written({ sendAt: '2020-01-01T00:00:00.000Z', fallback: 'fr' });
  const outcome = await submitNotice(noticeId, { by: anna, at: now(), seen: version });
  expect(outcome).toMatchObject({ faults: [{ field: 'fallback' }, { field: 'sendAt' }] });
  expect((await readNotice(noticeId))?.state).toBe('draft');
});

test('an audience of nobody is a fault', async () => {
  const { noticeId, version } = await written({ audience: { who: 'managers' } });
  const outcome = await submitNotice(noticeId, { by: anna, at: now(), seen: version });
  expect(outcome).toMatchObject({ faults: [{ field: 'audience', sentence: expect.stringContaining('nobody') }] });
});

test('another officer approves what was submitted, and nothing else', async () => {
  const { noticeId, hash, version } = await submitted();
  expect(await approve(noticeId, hash!, anna)).toEqual({
    refused: 'You wrote or submitted it yourself: another officer has to approve it.',
  });
  expect(await approve(noticeId, 'another text')).toMatchObject({ changed: { state: 'submitted' } });
  // Changed between looking at it and approving it.
  doneOf(
    await editNotice(noticeId, {
      ...{ by: anna, at: now(), seen: version },
      draft: draft({ effectiveOn: '2099-01-01' }),
    }),
  );
  expect(await approve(noticeId, hash!)).toMatchObject({ changed: { state: 'draft' } });
});

test('an approval is done once, and alone where the stage asks for no second officer', async () => {
  const { noticeId, hash } = await submitted();
  const scheduled = doneOf(await approve(noticeId, hash!));
  expect(scheduled).toMatchObject({ state: 'scheduled', approvedBy: otto, active: 'scheduled' });
  expect(doneOf(await approve(noticeId, hash!)).version).toBe(scheduled.version);

  const own = await submitted();
  const alone = { by: anna, at: now(), hash: own.hash!, secondOfficer: false };
  expect(doneOf(await approveNotice(own.noticeId, alone)).state).toBe('scheduled');
});

test('a scheduled notice that is changed is a draft again, and is not due', async () => {
  const { noticeId, version } = await officers.approved();
  const change = { by: otto, at: now(), seen: version, draft: draft({ effectiveOn: '2099-01-01' }) };
  const edited = doneOf(await editNotice(noticeId, change));
  expect(edited).toMatchObject({ state: 'draft', editedBy: otto });
  expect([edited.active, edited.approvedBy, edited.hash]).toEqual([undefined, undefined, undefined]);
  expect(await dueNotices('scheduled', '9999')).not.toContain(noticeId);
});

test('a step that was taken already is done, and one that cannot be taken says what happened', async () => {
  const { noticeId } = await officers.approved();
  const acting = { by: anna, at: now() };
  expect(await pauseNotice(noticeId, acting)).toMatchObject({ changed: { state: 'scheduled' } });
  expect(doneOf(await cancelNotice(noticeId, acting)).state).toBe('cancelled');
  expect(doneOf(await cancelNotice(noticeId, { ...acting, by: otto })).history.at(-1)).toMatchObject({ by: anna });
  expect(await resumeNotice(noticeId, acting)).toMatchObject({ changed: { state: 'cancelled' } });
  const edit = await editNotice(noticeId, { ...acting, seen: 1, draft: draft() });
  expect(edit).toEqual({ refused: 'It is cancelled: its text stays as it is.' });
  expect(await cancelNotice('N-0000-0000', acting)).toEqual({ refused: 'There is no such notice.' });
});

test('a banner is ended once, only of what is sent, and what was approved stays as it was', async () => {
  const { noticeId } = await officers.approved();
  const acting = { by: anna, at: now() };
  expect(await endBanner(noticeId, acting)).toHaveProperty('refused');
  const sent = { state: 'sent', asOf: '2026-01-01T00:00:00.000Z', showing: 'yes', active: undefined } as const;
  const before = await changeNotice((await readNotice(noticeId))!, (notice) => ({ ...notice, ...sent }));
  expect((await showingNotices(now())).map((notice) => notice.noticeId)).toEqual([noticeId]);
  const ended = doneOf(await endBanner(noticeId, acting));
  expect(ended).toMatchObject({ state: 'sent', bannerEndedAt: acting.at, bannerUntil: before.bannerUntil });
  expect(hashOf(ended)).toBe(before.hash);
  expect(ended.history.at(-1)).toMatchObject({ what: 'Ended the banner.', by: anna });
  expect(await showingNotices(now())).toEqual([]);
  expect(doneOf(await endBanner(noticeId, { by: otto, at: now() })).version).toBe(ended.version);
});

test('the list holds the newest first, page by page, without texts', async () => {
  const first = await listNotices(2);
  expect(first.notices.length).toBe(2);
  expect(first.notices[0]).toMatchObject({ title: expect.any(String), state: expect.any(String) });
  expect(first.notices[0]).not.toHaveProperty('texts');
  const second = await listNotices(2, first.next);
  const moments = [...first.notices, ...second.notices].map(({ createdAt }) => createdAt);
  expect(moments).toEqual(moments.toSorted().reverse());
  expect((await listNotices(2, "' OR 1=1")).notices).toEqual(first.notices);
});

test('the site shows what is being sent, as long as its banner runs', async () => {
  expect(await showingNotices(now())).toEqual([]);
  const { noticeId, bannerUntil } = await officers.due();
  await officers.run();
  expect((await showingNotices(now())).map((notice) => notice.noticeId)).toEqual([noticeId]);
  expect(await showingNotices(bannerUntil)).toEqual([]);
});
