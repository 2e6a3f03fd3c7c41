import { expect, test } from 'vitest';
import { clearedBy, rememberCampaign } from '../../../shared/clearance/campaigns.ts';
import { clearanceOf } from '../../../shared/clearance/check.ts';
import { refusedOf } from '../../../shared/clearance/do-not-use.ts';
import { block, emptyOptOut, hold } from '../../../shared/optouts/opt-out.ts';

const since = '2026-11-22T10:00:00.000Z';
const spring = { name: 'Spring', contact: 'spring@site.example' };
const check = { checkId: 'C-1', at: '2026-11-22T11:00:00.000Z' };
const gardeners = block(emptyOptOut('community/gardeners'), ['pages'], 'W-1', since);
const answerFor = (optOut = emptyOptOut('member/m1'), known = true) =>
  clearanceOf({ subject: optOut.subject }, { known, optOut });

test('only what was cleared is remembered: what was refused needs no recall', () => {
  const held = hold(emptyOptOut('member/m2'), ['profile-images'], 'W-2', since);
  const cleared = clearedBy(spring, check, [
    answerFor(),
    answerFor(held),
    answerFor(gardeners),
    answerFor(emptyOptOut('member/x'), false),
  ]);
  const clearing = { at: check.at, checkId: 'C-1' };
  expect([...cleared.values()].map(({ subject, scopes }) => [subject, scopes])).toEqual([
    ['member/m1', { 'profile-images': clearing }],
    ['community/gardeners', { 'header-graphic': clearing }],
  ]);
});

test('a subject that is asked about twice in one check is remembered once, with the scopes of both', () => {
  const open = emptyOptOut('community/c1');
  const answers = (['pages', 'header-graphic'] as const).map((scope) =>
    clearanceOf({ subject: 'community/c1', scopes: [scope] }, { known: true, optOut: open }),
  );
  const [only, ...others] = clearedBy(spring, check, answers).values();
  expect([Object.keys(only!.scopes).sort(), others]).toEqual([['header-graphic', 'pages'], []]);
});

test('two ways to write the same accent are one campaign', () => {
  const names = ['Fr\u00fchling', 'Fru\u0308hling'].map((name) => {
    const [cleared] = clearedBy({ ...spring, name }, check, [answerFor()]).values();
    return cleared!.campaign;
  });
  expect(names[0]).toBe(names[1]);
});

test.each([
  { name: 'Spring\r\nBcc: all@site.example', contact: 'spring@site.example' },
  { name: 'Spring', contact: 'spring@site.example\r\nBcc: all@site.example' },
  { name: 'Spring', contact: 'a@site.example, b@site.example' },
])('a campaign with $name and $contact is refused before anything is written', async (campaign) => {
  await expect(rememberCampaign(campaign, check, [], [])).rejects.toThrow('A campaign needs a name on one line');
});

test('the do-not-use list has each scope that is blocked or held, and nothing of marketing e-mail', () => {
  const optOut = block(hold(gardeners, ['header-graphic'], 'W-2', since), ['marketing-email'], 'W-3', since);
  expect(refusedOf(optOut).map(({ scope, state, requestIds }) => [scope, state, requestIds])).toEqual([
    ['header-graphic', 'hold', ['W-2']],
    ['pages', 'blocked', ['W-1']],
  ]);
  expect(refusedOf(emptyOptOut('member/m1'))).toEqual([]);
});
