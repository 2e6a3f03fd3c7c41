import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { begin as beginNotice } from '../../functions/change-notices/begin.ts';
import { changeWorked, claimNotice, release } from '../../functions/change-notices/claim-notice.ts';
import { tell } from '../../functions/change-notices/tell.ts';
import type { Template } from '../../infra/local/template.ts';
import type { NoticeDelivery } from '../../shared/deliveries/of-notice.ts';
import { type Flag, setFlag } from '../../shared/deliveries/store.ts';
import { readMemberPage } from '../../shared/members/walk.ts';
import { countAudience } from '../../shared/notices/count-audience.ts';
import { cancelNotice, pauseNotice, resumeNotice } from '../../shared/notices/steps.ts';
import { kindOf, totalOf } from '../../shared/notices/tally.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { anna, doneOf, draft, now, type Officers, officersOf, otto } from './notice-officers.ts';
import { walkOn } from './walk.ts';

const members = 300;
/** Every third reads German, every tenth manages a community. */
const rows = Array.from({ length: members }, (_, n) => {
  const locale = n % 3 === 0 ? 'de-AT' : '';
  return `n${n},handle_n${n},Name N${n},n${n}@example.org,,${n % 10 ? '' : `c${n}`},${locale},2020-01-01T00:00:00Z`;
});

let stack: LocalStack;
let officers: Officers;

beforeAll(async () => {
  stack = await startLocalStack();
  officers = officersOf(stack);
  await walkOn(stack).haveMembers(...rows);
  await mark('n7@example.org');
});
afterAll(async () => {
  officers?.leave();
  await stack?.stop();
});

/** What a hard bounce leaves. */
const mark = (address: string) =>
  stack.dynamodb.send(
    new PutCommand({
      TableName: stack.outputs.MembersTable,
      Item: { pk: `unreachable/${address}`, sk: 'address', since: now(), batch: 'N-OLD', detail: 'Permanent General' },
    }),
  );

test('the dry run says how many are told, in which language, who cannot be reached, and how long it takes', async () => {
  const count = await countAudience(draft(), { at: now() });
  expect(count).toMatchObject({
    members,
    byLanguage: { de: 100, en: 200 },
    unreachable: 1,
    complete: true,
    minutes: 1,
  });
  expect(count.rate).toEqual({ perMinute: 48_000, leftToday: 80_000 });
  expect((await countAudience(draft({ audience: { who: 'managers' } }), { at: now() })).members).toBe(30);
  expect((await countAudience(draft({ audience: { who: 'locales', locales: ['de'] } }), { at: now() })).members).toBe(
    100,
  );
});

test('nothing is sent before it is time', async () => {
  const { noticeId } = await officers.approved();
  await officers.run();
  expect((await officers.read(noticeId)).state).toBe('scheduled');
  expect(await officers.deliveries(noticeId)).toEqual([]);
  doneOf(await cancelNotice(noticeId, { by: anna, at: now() }));
});

test('a due notice has one delivery for each member, and the count adds up to the audience', async () => {
  const { noticeId } = await officers.due();
  await officers.run();
  const notice = await officers.read(noticeId);
  const deliveries = await officers.deliveries(noticeId);
  expect(notice.walk).toMatchObject({
    audience: members,
    queued: members - 1,
    byBanner: 1,
    doneAt: expect.any(String),
  });
  expect(new Set(deliveries.map(({ memberId }) => memberId)).size).toBe(members);
  expect(deliveries.length).toBe(members);
  expect(totalOf(notice.tally!)).toBe(members);
  expect(deliveries.filter((one) => kindOf(one) === 'byBanner')).toMatchObject([{ memberId: 'n7' }]);
  expect(deliveries.filter(({ language }) => language === 'de').length).toBe(100);
  expect(notice.showing).toBe('yes');
  expect(notice.worker).toBeUndefined();
});

test('runs side by side, and a run again, tell nobody twice', async () => {
  const { noticeId } = await officers.due({ audience: { who: 'managers' } });
  await Promise.all([officers.run(), officers.run()]);
  await officers.run();
  const notice = await officers.read(noticeId);
  expect(notice.walk).toMatchObject({ audience: 30, queued: 30, byBanner: 0 });
  expect((await officers.deliveries(noticeId)).length).toBe(30);
});

test('paused, it stands still; resumed, it goes on where it was', async () => {
  const { noticeId } = await officers.due();
  await begin(noticeId);
  doneOf(await pauseNotice(noticeId, { by: anna, at: now() }));
  await officers.run();
  expect((await officers.read(noticeId)).walk?.audience).toBe(0);
  expect((await officers.read(noticeId)).state).toBe('paused');
  doneOf(await resumeNotice(noticeId, { by: anna, at: now() }));
  await officers.run();
  expect((await officers.read(noticeId)).walk).toMatchObject({ audience: members });
});

test('cancelled, nobody further is told, and what is on its way is still counted', async () => {
  const { noticeId } = await officers.due();
  await begin(noticeId, 100);
  doneOf(await cancelNotice(noticeId, { by: otto, at: now() }));
  const told = (await officers.deliveries(noticeId)).length;
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(members);
  await officers.run();
  const notice = await officers.read(noticeId);
  expect(notice).toMatchObject({ state: 'cancelled', active: 'counting' });
  expect(notice.showing).toBeUndefined();
  expect((await officers.deliveries(noticeId)).length).toBe(told);
  expect(totalOf(notice.tally!)).toBe(told);
});

test('killed after a page was queued and before that was noted, it misses nobody and tells nobody twice', async () => {
  const { noticeId } = await officers.due();
  await begin(noticeId, 400, 'killed before it was noted');
  const before = await officers.deliveries(noticeId);
  expect((await officers.read(noticeId)).walk?.audience).toBe(0);
  // Marked since: whoever is to be told by mail already is not told by the site as well.
  await mark(before.find(({ toldBy }) => !toldBy)!.to!);
  await officers.run();
  const notice = await officers.read(noticeId);
  expect(notice.walk).toMatchObject({ audience: members, byBanner: 1 });
  const deliveries = await officers.deliveries(noticeId);
  expect(deliveries.length).toBe(members);
  const kept = ({ delivery, to, language, queuedAt, toldBy }: NoticeDelivery) =>
    JSON.stringify({ delivery, to, language, queuedAt, toldBy });
  expect(deliveries.map(kept)).toEqual(expect.arrayContaining(before.map(kept)));
});

test('too many bounces pause it and tell the officers once; an officer resumes it, and it is done', async () => {
  const { noticeId } = await officers.due();
  await officers.run();
  const mails = (await officers.deliveries(noticeId)).filter(({ toldBy }) => !toldBy);
  await flag(mails.slice(0, 60), 'sentAt');
  await flag(mails.slice(0, 30), 'bouncedAt');
  await officers.age(noticeId);
  await Promise.all([officers.run(), officers.run()]);
  const paused = await officers.read(noticeId);
  expect(paused.state).toBe('paused');
  expect(paused.history.at(-1)!.what).toMatch(
    /^Paused by itself: 30 of [0-9]+ mails bounced \([0-9.]+ %\), and the limit is 5 %\.$/,
  );
  const letters = await until(() => {
    const found = stack.mailbox.list().filter(({ to }) => to.includes('privacy-officers@site.example'));
    return found.length > 0 ? found : undefined;
  });
  expect(letters).toMatchObject([{ subject: `A notice was paused (${noticeId})` }]);

  doneOf(await resumeNotice(noticeId, { by: anna, at: now() }));
  await flag(mails, 'sentAt');
  await flag(mails, 'deliveredAt');
  await officers.age(noticeId);
  await officers.run();
  const done = await officers.read(noticeId);
  expect(done.history.at(-1)!.what).toBe('Everybody is told.');
  expect(done.tally).toMatchObject({ bounced: 30, delivered: mails.length - 30, queued: 0, sent: 0 });
  expect(totalOf(done.tally!)).toBe(members);
  expect(done.walk!.audience).toBe(members);
});

test('a run that fails between deliveries and queue is made up for by the next, and nobody is missed', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'in-writing-notices-'));
  const on = async (change: ((template: Template) => void) | undefined, act: (officers: Officers) => Promise<void>) => {
    const other = await startLocalStack({ dataDir, change });
    try {
      await walkOn(other).haveMembers(...rows.slice(0, 50));
      await act(officersOf(other));
    } finally {
      await other.stop();
    }
  };
  let noticeId = '';
  try {
    await on(
      (template) => withoutGrant(template, 'sqs:SendMessage'),
      async (broken) => {
        ({ noticeId } = await broken.due());
        expect((await broken.run()).ok).toBe(false);
        expect((await broken.read(noticeId)).walk).toMatchObject({ audience: 0 });
        expect((await broken.deliveries(noticeId)).length).toBe(50);
        // Progress is seen all the same.
        expect((await broken.read(noticeId)).tally).toMatchObject({ queued: 50 });
      },
    );
    await on(undefined, async (mended) => {
      await mended.run();
      expect((await mended.read(noticeId)).walk).toMatchObject({ audience: 50, queued: 50 });
      expect((await mended.deliveries(noticeId)).length).toBe(50);
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    officers = officersOf(stack);
  }
});

const flag = (deliveries: NoticeDelivery[], name: Flag) =>
  Promise.all(deliveries.map((delivery) => setFlag(delivery, name, now())));

/** Takes a grant away from change-notices. */
function withoutGrant({ Resources }: Template, action: string): void {
  for (const [id, { Type, Properties }] of Object.entries(Resources)) {
    if (Type !== 'AWS::IAM::Policy' || !/^changenoticesfunction/.test(id)) continue;
    // biome-ignore lint/suspicious/noExplicitAny: a policy is CDK's own.
    const { PolicyDocument: document } = Properties as any;
    // biome-ignore lint/suspicious/noExplicitAny: a policy statement.
    document.Statement = document.Statement.filter(({ Action }: any) => ![Action].flat().includes(action));
  }
}

/** A run that begins, tells the members among the first items, and is killed then: with the page noted or not. */
async function begin(noticeId: string, items = 0, killed?: string): Promise<void> {
  const work = (await claimNotice(await officers.read(noticeId), 'killed'))!;
  await beginNotice(work);
  const page = items > 0 ? await readMemberPage(undefined, items) : undefined;
  const told = page && (await tell(work.notice, page.members));
  if (told && !killed) {
    const walk = { ...work.notice.walk!, next: page.next, audience: told.queued + told.byBanner, ...told };
    await changeWorked(work, (notice) => ({ ...notice, walk }));
  }
  await release(work);
}
