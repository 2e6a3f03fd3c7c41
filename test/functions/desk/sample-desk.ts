import type { Staff } from '../../../functions/desk/staff.ts';
import type { Member } from '../../../shared/members/member.ts';
import { block, emptyOptOut, hold, type OptOut } from '../../../shared/optouts/opt-out.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';

/** A member of staff, members and requests for tests of pages that need no stack. */
export const staff: Staff = { id: 's1', name: 'Rita Reviewer', email: 'rita@staff.invalid', groups: ['reviewer'] };

export const anna: Member = {
  memberId: '1001',
  handle: 'anna.weber',
  name: 'Anna Weber',
  primaryEmail: 'anna.weber@example.org',
  otherEmails: ['anna@work.example'],
  manages: ['gardeners', 'cyclists-of-the-upper-rhine-valley'],
  locale: 'de-AT',
  createdAt: '2021-03-04T00:00:00.000Z',
};
export const bo: Member = {
  ...anna,
  memberId: '1002',
  handle: 'bo',
  name: 'Bo <b>Bold</b>',
  manages: [],
  locale: 'en',
};
export const members = new Map([anna, bo].map((member) => [member.memberId, member]));

/** Days from now, as the tests that look at due dates in words need it. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000 + 3_600_000).toISOString();

let made = 0;

/** A request with what a test says of it. */
export function sampleRequest(given: Partial<WrittenRequest> = {}): WrittenRequest {
  made += 1;
  const state = given.state ?? 'review';
  return {
    requestId: `W-0000-0000-0000-${String(made).padStart(4, '0')}`,
    hash: '',
    channel: 'email',
    state,
    receivedAt: inDays(-3),
    dueAt: inDays(12),
    decision: { state: 'review', rule: 'near-miss', reason: '', effects: [], answers: [] },
    summary: { from: 'somebody@elsewhere.example', subject: 'Please remove my picture', memberIds: [] },
    arrival: { bucket: '', key: '' },
    thread: { references: [] },
    confirmations: {},
    history: [{ number: 1, at: inDays(-3), state, rule: 'near-miss', reason: 'The subject comes near the phrase.' }],
    version: 1,
    ...given,
  };
}

export const annasRequest = sampleRequest({ who: 'member/1001', state: 'granted', dueAt: undefined });

/** Blocked by one request, held by another, the rest clear. */
export const annasOptOuts: OptOut[] = [
  block(emptyOptOut('member/1001'), ['profile-images'], annasRequest.requestId, '2026-10-01T10:00:00.000Z'),
  hold(
    emptyOptOut('community/gardeners'),
    ['header-graphic', 'pages'],
    'W-2222-3333-4444-5555',
    '2026-11-01T10:00:00.000Z',
  ),
  emptyOptOut('community/cyclists-of-the-upper-rhine-valley'),
];
