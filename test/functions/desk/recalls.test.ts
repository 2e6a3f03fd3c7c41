import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it, test, vi } from 'vitest';
import { rememberCampaign } from '../../../shared/clearance/campaigns.ts';
import { checkSubjects } from '../../../shared/clearance/check.ts';
import { checkAndKeep } from '../../../shared/clearance/check-dated.ts';
import { block, hold, release } from '../../../shared/optouts/opt-out.ts';
import { changeOptOut } from '../../../shared/optouts/store.ts';
import { clearedOf, remember } from '../../../shared/recalls/cleared.ts';
import { openRecalls } from '../../../shared/recalls/open.ts';
import type { Recall } from '../../../shared/recalls/recall.ts';
import { keepRecall, readRecall, readRecalls } from '../../../shared/recalls/store.ts';
import { flag } from '../../../shared/requests/flag.ts';
import { type Desk, signIn } from '../../desk.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { sitDown } from '../../walks/at-the-desk.ts';
import { walkOn } from '../../walks/walk.ts';

let stack: LocalStack;
let marketing: Desk;
let leave: () => void;

beforeAll(async () => {
  stack = await startLocalStack();
  await walkOn(stack).haveMembers('m1,ann,Ann Example,ann@example.org,,,en,', 'm2,bob,Bob,bob@example.org,,,en,');
  marketing = await signIn(stack, 'marketing');
  leave = sitDown(stack).leave;
});
afterAll(async () => {
  leave?.();
  await stack?.stop();
});

const at = '2026-11-22T10:00:00.000Z';
const by = { kind: 'terminal', id: 'test' } as const;
const spring = { name: 'Spring', contact: 'spring@site.example' };
const asking = (requestId: string) => ({ requestId, receivedAt: at });
const opened = async () => (await readRecalls('open', { limit: 1_000 })).recalls;
const post = (path: string, fields: [string, string][]) =>
  marketing(`/recalls/${path}`, { method: 'POST', body: new URLSearchParams(fields) });

it('says what this page is for while there is nothing', async () => {
  const html = await (await marketing('/recalls')).text();
  expect(html).toContain('Nothing is to be taken down');
  expect(await (await marketing('/recalls?standing=done')).text()).toContain('No recall was marked as done yet');
});

it('opens a recall once, however often the step is repeated, and finishes what a crash left out', async () => {
  await checkAndKeep([{ subject: 'member/m1' }], { by, campaign: spring });
  // The flag is there, and the crash came before its recalls.
  const change = (requestId: string) => (optOut: Parameters<typeof hold>[0]) =>
    hold(optOut, ['profile-images'], requestId, at);
  await changeOptOut('member/m1', change('W-1'));
  expect(await opened()).toEqual([]);
  for (let again = 0; again < 3; again += 1) await flag(asking('W-1'), 'member/m1', change('W-1'));
  expect(await opened()).toHaveLength(1);
});

const noFromBob = () => flag(asking('W-2'), 'member/m2', (found) => block(found, ['profile-images'], 'W-2', at));

it('says no in the answer where an opt-out came between the reading and the remembering', async () => {
  const asked = [{ subject: 'member/m2' } as const];
  const answers = await checkSubjects(asked);
  expect(answers[0]!.allowed).toBe(true);
  await noFromBob();
  const [second] = await rememberCampaign({ ...spring, name: 'Late' }, { checkId: 'C-1', at }, asked, answers);
  expect(second!.allowed).toBe(false);
});

it('recalls every campaign that was told yes while the opt-out came in', async () => {
  await changeOptOut('member/m2', (found) => release(found, ['profile-images'], 'W-2', at));
  const told = Array.from({ length: 20 }, async (_, n) => {
    const campaign = { ...spring, name: `Race ${n}` };
    const { results } = await checkAndKeep([{ subject: 'member/m2' }], { by, campaign });
    return results[0]!.allowed ? [campaign.name] : [];
  });
  const [yes] = await Promise.all([Promise.all(told), noFromBob()]);
  const recalled = new Set((await opened()).map(({ campaign }) => campaign));
  expect(yes.flat().filter((name) => !recalled.has(name))).toEqual([]);
});

it('keeps the scopes of two checks of one subject, and the moment of the later one', async () => {
  const cleared = { subject: 'community/c1', campaign: 'Spring', contact: 'a@site.example' } as const;
  await Promise.all([
    remember({ ...cleared, scopes: { pages: { at, checkId: 'C-1' } } }),
    remember({ ...cleared, scopes: { 'header-graphic': { at, checkId: 'C-2' } } }),
  ]);
  const later = '2026-11-23T10:00:00.000Z';
  await remember({ ...cleared, contact: 'b@site.example', scopes: { pages: { at: later, checkId: 'C-3' } } });
  const found = await Array.fromAsync(clearedOf('community/c1'));
  const scopes = { pages: { at: later, checkId: 'C-3' }, 'header-graphic': { at, checkId: 'C-2' } };
  expect(found).toEqual([{ ...cleared, contact: 'b@site.example', scopes }]);
});

it('marks nothing without a tick or without words, and gives back what was typed', async () => {
  const [recall] = await opened();
  const fields: [string, string][] = [
    ['campaign', recall!.campaign],
    ['contact', recall!.contact],
  ];
  const noTick = await post('done', [...fields, ['words', '</textarea><script>alert(1)</script>']]);
  expect(noTick.status).toBe(400);
  const page = await noTick.text();
  expect(page).toContain('Tick what was taken down.');
  expect(page).toContain('&lt;/textarea&gt;&lt;script&gt;alert(1)');
  const noWords = await post('done', [...fields, ['recall', recall!.recallId]]);
  expect([noWords.status, await noWords.text()]).toEqual([400, expect.stringContaining('Write what was done')]);
  const tooLong = await post('done', [...fields, ['recall', recall!.recallId], ['words', 'x'.repeat(2001)]]);
  expect([tooLong.status, await tooLong.text()]).toEqual([400, expect.stringContaining('at most 2000 can be kept')]);
  expect((await readRecall(recall!.recallId))!.standing).toBe('open');
});

it('marks what is there, and says what somebody else had marked meanwhile', async () => {
  const [recall] = await opened();
  const marked = async () =>
    (
      await post('done', [
        ['recall', recall!.recallId],
        ['recall', 'f'.repeat(26)],
        ['recall', '../../x'],
        ['words', 'Done.'],
      ])
    ).headers.get('location')!;
  expect(await marked()).toBe('/desk/recalls?moved=1&of=3');
  const again = await marked();
  expect(again).toBe('/desk/recalls?moved=0&of=3');
  expect(await (await marketing(again.replace('/desk', ''))).text()).toContain('Meanwhile somebody else had marked 3.');
  expect((await readRecall(recall!.recallId))!.steps).toHaveLength(1);
});

it.each(['?after=x', '?after=2026-11-22T10:00:00.000Z~zz', '?standing=toString', '?moved=-1&of=0', '?moved=1e9&of=1'])(
  'takes %s from an address bar as nothing',
  async (query) => {
    const answer = await marketing(`/recalls${query}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain('marked as done. Under Done');
  },
);

test('a campaign with 250 recalls is shown page by page, each recall once', async () => {
  const many = Array.from({ length: 250 }, (_, n): Recall => {
    const movedAt = new Date(Date.parse(at) + n).toISOString();
    const recallId = n.toString(16).padStart(26, '0');
    return {
      ...{
        recallId,
        campaign: '<b>Big</b>',
        contact: 'big@site.example',
        subject: `member/x${n}`,
        scope: 'profile-images',
      },
      ...{ requestId: 'W-9', requestedAt: at, checkId: 'C-9', clearedAt: at, openedAt: at },
      ...{ standing: 'open', movedAt, steps: [], version: 1 },
    };
  });
  for (let from = 0; from < many.length; from += 25) {
    const requests = many.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await stack.dynamodb.send(new BatchWriteCommand({ RequestItems: { [stack.outputs.RecallsTable!]: requests } }));
  }
  const shown: string[] = [];
  for (let path: string | undefined = '/recalls'; path; ) {
    const html: string = await (await marketing(path)).text();
    expect(html).not.toContain('<b>Big</b>');
    shown.push(...[...html.matchAll(/name="recall" value="(\w+)"/g)].map(([, id]) => id!));
    path = /href="\/desk([^"]+)">Next page/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  }
  expect(shown.length).toBe(new Set(shown).size);
  expect(many.every(({ recallId }) => shown.includes(recallId))).toBe(true);
});

test('no request pays for recalls where it changes nothing: not one call is made', async () => {
  vi.stubEnv('CAMPAIGNS_TABLE', 'there-is-no-such-table');
  const since = { 'W-1': at };
  const blocked = { blockedBy: since, holds: {} };
  const optOut = { subject: 'member/m9', scopes: { 'profile-images': blocked }, changes: [], version: 1 } as const;
  await openRecalls({ ...optOut, changes: [] }, asking('W-2'));
  await openRecalls({ ...optOut, changes: [], scopes: { 'marketing-email': blocked } }, asking('W-1'));
  await expect(openRecalls({ ...optOut, changes: [] }, asking('W-1'))).rejects.toThrow();
  vi.stubEnv('CAMPAIGNS_TABLE', stack.outputs.CampaignsTable);
});

test('a recall that is there stays as it is', async () => {
  const [recall] = await opened();
  expect(await keepRecall({ ...recall!, campaign: 'Another', version: 0 })).toBe(false);
  expect((await readRecall(recall!.recallId))!.campaign).toBe(recall!.campaign);
});
