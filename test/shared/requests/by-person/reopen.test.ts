import { expect, test } from 'vitest';
import { planReopen } from '../../../../shared/requests/by-person/reopen.ts';
import type { Cover } from '../../../../shared/requests/request.ts';
import { sampleRequest } from '../../../functions/desk/sample-desk.ts';

const profile = (id: string): Cover => ({ subject: `member/${id}`, scopes: ['profile-images'] });

test('reopened after a grant for the wrong member, it holds what it held before and can let go of it again', () => {
  const request = sampleRequest({ state: 'granted', covers: [profile('jane')], released: [profile('anna')] });
  const facts = { request, at: '2026-11-22T12:00:00.000Z', present: { blocks: [profile('jane')], holds: [] } };
  expect(planReopen(facts, facts.at)).toMatchObject({
    flags: [
      { change: 'hold', ...profile('anna') },
      { change: 'reconsider', ...profile('jane') },
    ],
    fields: { covers: [profile('jane'), profile('anna')] },
  });
});

test('what was no request says so when it comes back', () => {
  const facts = { request: sampleRequest({ state: 'ignored' }), at: '', present: { blocks: [], holds: [] } };
  expect(planReopen(facts, '')).toMatchObject({ reason: 'It was closed as not a request; a person decides anew.' });
});
