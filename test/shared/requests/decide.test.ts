import { expect, test } from 'vitest';
import type { InboundMail } from '../../../shared/mail/parse.ts';
import type { Member } from '../../../shared/members/member.ts';
import { decide, type MailFacts } from '../../../shared/requests/decide.ts';

const ann: Member = {
  memberId: '17',
  handle: 'ann',
  name: 'Ann Example',
  primaryEmail: 'ann@example.org',
  otherEmails: ['Ann@Work.example'],
  manages: [],
};
const manager: Member = { ...ann, manages: ['gardeners', 'cyclists'] };
const bob: Member = { ...ann, memberId: '18', handle: 'bob', name: 'Bob Example', primaryEmail: 'bob@example.org' };

const mail = (change: Partial<InboundMail> = {}): InboundMail => ({
  digest: 'ab'.repeat(32),
  size: 100,
  from: ['ann@example.org'],
  fromFields: 1,
  subject: 'REMOVE FROM MARKETING MATERIALS',
  references: [],
  headers: new Map(),
  text: '',
  html: '',
  attachments: [],
  ...change,
});

const facts = (change: Partial<MailFacts> = {}): MailFacts => ({
  mail: mail(),
  notification: { envelopeFrom: 'ann@example.org', verdicts: { virus: 'PASS', spam: 'PASS' } },
  authentication: { authenticated: true, because: 'DMARC passed for the domain of the sender' },
  senders: [ann],
  ...change,
});
const unauthenticated = { authenticated: false, because: 'DMARC failed' };

test("the phrase from an authenticated member blocks the images of the member's profile", () => {
  const decision = decide(facts());
  expect(decision).toMatchObject({ state: 'granted', rule: 'phrase-from-member' });
  expect(decision.effects).toEqual([{ effect: 'block', subject: 'member/17', scopes: ['profile-images'] }]);
  expect(decision.answers).toMatchObject([{ letter: 'granted', to: 'ann@example.org' }]);
});

test('the phrase from a manager also blocks the header graphic and the pages of every community managed', () => {
  expect(decide(facts({ senders: [manager] })).effects).toEqual([
    { effect: 'block', subject: 'member/17', scopes: ['profile-images'] },
    { effect: 'block', subject: 'community/gardeners', scopes: ['header-graphic', 'pages'] },
    { effect: 'block', subject: 'community/cyclists', scopes: ['header-graphic', 'pages'] },
  ]);
});

test('an answer goes to the address as the directory has it, whatever its case in the mail', () => {
  const decision = decide(facts({ mail: mail({ from: ['ANN@work.EXAMPLE'] }) }));
  expect(decision.answers[0]?.to).toBe('Ann@Work.example');
});

test('the phrase from an address that anybody could have forged holds, and the primary address is told', () => {
  const decision = decide(facts({ authentication: unauthenticated, mail: mail({ from: ['ann@work.example'] }) }));
  expect(decision).toMatchObject({ state: 'held', rule: 'phrase-unconfirmed' });
  expect(decision.effects).toEqual([{ effect: 'hold', subject: 'member/17', scopes: ['profile-images'] }]);
  expect(decision.answers).toMatchObject([{ letter: 'held', to: 'ann@example.org' }]);
});

test('the phrase from an address that two members share holds for each of them', () => {
  const decision = decide(facts({ senders: [ann, bob] }));
  expect(decision.state).toBe('held');
  expect(decision.effects.map(({ subject }) => subject)).toEqual(['member/17', 'member/18']);
  expect(decision.answers.map(({ to }) => to)).toEqual(['ann@example.org', 'bob@example.org']);
});

test('the phrase from a stranger waits for a person and tells nobody anything', () => {
  expect(decide(facts({ senders: [] }))).toMatchObject({
    state: 'review',
    rule: 'phrase-from-stranger',
    effects: [],
    answers: [],
  });
});

test('any other mail waits for a person', () => {
  expect(decide(facts({ mail: mail({ subject: 'A question' }) }))).toMatchObject({
    state: 'review',
    rule: 'written-request',
    effects: [],
  });
});

test('a vacation reply to our own answer changes nothing and gets no answer', () => {
  const reply = mail({
    subject: 'Re: REMOVE FROM MARKETING MATERIALS',
    headers: new Map([['auto-submitted', ['auto-replied']]]),
  });
  expect(decide(facts({ mail: reply }))).toMatchObject({
    state: 'ignored',
    rule: 'automatic-mail',
    effects: [],
    answers: [],
  });
});

test('a mail with a virus is quarantined, yet the phrase in its subject holds', () => {
  const decision = decide(facts({ notification: { envelopeFrom: 'ann@example.org', verdicts: { virus: 'FAIL' } } }));
  expect(decision).toMatchObject({ state: 'quarantined', answers: [] });
  expect(decision.effects).toMatchObject([{ effect: 'hold', subject: 'member/17' }]);
});
