import { afterAll, beforeAll, expect, test } from 'vitest';
import { now } from '../../../shared/clock.ts';
import { block, emptyOptOut } from '../../../shared/optouts/opt-out.ts';
import { remember } from '../../../shared/recalls/cleared.ts';
import { openRecalls } from '../../../shared/recalls/open.ts';
import { countRecalls } from '../../../shared/recalls/store.ts';
import { leaveStack, useStack } from '../../functions/scan-intake/scan-desk.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';

let stack: LocalStack;
beforeAll(async () => {
  stack = await startLocalStack();
  useStack(stack);
});
afterAll(async () => {
  leaveStack();
  await stack?.stop();
});

const campaigns = 2_000;

test('a member whom 2,000 campaigns may have used is recalled from all of them well within the minute of a mail', async () => {
  const clearing = { at: now(), checkId: 'C-1' };
  for (let n = 0; n < campaigns; n += 50) {
    const some = Array.from({ length: 50 }, (_, place) => `Campaign ${n + place}`);
    await Promise.all(some.map((campaign) => remember({ ...about, campaign, scopes: { 'profile-images': clearing } })));
  }
  const asking = { requestId: 'W-1', receivedAt: now() };
  const optOut = block(emptyOptOut(about.subject), ['profile-images'], asking.requestId, asking.receivedAt);
  const began = Date.now();
  await openRecalls(optOut, asking);
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(await countRecalls('open', campaigns)).toEqual({ count: campaigns, more: false });
}, 60_000);

const about = { subject: 'member/m1', contact: 'campaigns@site.example' } as const;
