import { expect, test } from 'vitest';
import type { InboundMail } from '../../../shared/mail/parse.ts';
import type { Member } from '../../../shared/members/member.ts';
import { block, emptyOptOut } from '../../../shared/optouts/opt-out.ts';
import { decide } from '../../../shared/requests/decide.ts';
import type { MailFacts } from '../../../shared/requests/facts.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';

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

const authenticated = { authenticated: true, because: 'DMARC passed for the domain of the sender' };
const facts = (change: Partial<MailFacts> = {}): MailFacts => ({
  mail: mail(),
  envelopeFrom: 'ann@example.org',
  verdicts: { virus: 'PASS', spam: 'PASS' },
  recipient: { role: 'privacy' },
  authentication: authenticated,
  senders: [ann],
  phrase: true,
  candidates: [],
  optOuts: new Map(),
  receivedAt: '2026-11-22T10:00:00.000Z',
  ...change,
});
const rules = { mailDomain: 'inwriting.example', faxGateways: ['fax.example'] };
const decideOn = (change: Partial<MailFacts> = {}) => decide(facts(change), rules);
const unauthenticated = { authenticated: false, because: 'DMARC failed' };

const effect = (kind: 'block' | 'hold', subject: string, scopes = ['profile-images'], memberId = '17') => ({
  effect: kind,
  memberId,
  subject,
  scopes,
});

test("the phrase from an authenticated member blocks the images of the member's profile", () => {
  const decision = decideOn();
  expect(decision).toMatchObject({ state: 'granted', rule: 'phrase-from-member' });
  expect(decision.effects).toEqual([effect('block', 'member/17')]);
  expect(decision.answers).toMatchObject([{ letter: 'granted', to: 'ann@example.org' }]);
});

test('the phrase from a manager also blocks the header graphic and the pages of every community managed', () => {
  expect(decideOn({ senders: [manager] }).effects).toEqual([
    effect('block', 'member/17'),
    effect('block', 'community/gardeners', ['header-graphic', 'pages']),
    effect('block', 'community/cyclists', ['header-graphic', 'pages']),
  ]);
});

test('an answer goes to the address as the directory has it, whatever its case in the mail', () => {
  expect(decideOn({ mail: mail({ from: ['ANN@work.EXAMPLE'] }) }).answers[0]?.to).toBe('Ann@Work.example');
});

test('the phrase from an address that anybody could have forged holds, and the primary address is asked', () => {
  const decision = decideOn({ authentication: unauthenticated, mail: mail({ from: ['ann@work.example'] }) });
  expect(decision).toMatchObject({ state: 'held', rule: 'phrase-unconfirmed' });
  expect(decision.effects).toEqual([effect('hold', 'member/17')]);
  expect(decision.answers).toMatchObject([{ letter: 'confirm', to: 'ann@example.org' }]);
});

test('the phrase from an address that two members share holds for each of them, and each is asked', () => {
  const decision = decideOn({ senders: [ann, bob] });
  expect(decision.state).toBe('held');
  expect(decision.effects.map(({ subject }) => subject)).toEqual(['member/17', 'member/18']);
  expect(decision.answers.map(({ to, memberId }) => [to, memberId])).toEqual([
    ['ann@example.org', '17'],
    ['bob@example.org', '18'],
  ]);
});

test('a second request for what is blocked already changes nothing and is answered so', () => {
  const optOuts: MailFacts['optOuts'] = new Map([
    ['member/17', block(emptyOptOut('member/17'), ['profile-images'], 'W-OLD', '2026-01-01T00:00:00.000Z')],
  ]);
  expect(decideOn({ optOuts })).toMatchObject({
    state: 'granted',
    rule: 'already-in-effect',
    effects: [],
    answers: [{ letter: 'already-in-effect' }],
  });
  expect(decideOn({ optOuts, senders: [manager] }).rule).toBe('phrase-from-member');
});

test('the phrase from an authenticated stranger is answered with a question, and a person sees the candidates', () => {
  const candidates = [{ memberId: '18', because: 'The mail holds the user name "bob".', strength: 6, reasons: [] }];
  const decision = decideOn({ senders: [], candidates, mail: mail({ from: ['x@new.example'] }) });
  expect(decision).toMatchObject({ state: 'review', rule: 'phrase-from-stranger', effects: [] });
  expect(decision.answers).toMatchObject([{ letter: 'which-profile', to: 'x@new.example' }]);
  expect(decision.found).toContainEqual({ what: 'candidate', memberId: '18', sentence: candidates[0]!.because });
});

test('a stranger who may be forged, or whose mail looks like spam, is answered nothing', () => {
  expect(decideOn({ senders: [], authentication: unauthenticated }).answers).toEqual([]);
  expect(decideOn({ senders: [], verdicts: { virus: 'PASS', spam: 'FAIL' } })).toMatchObject({
    answers: [],
    last: true,
  });
});

test('a near miss from a member holds, and a person reads it', () => {
  const nearMiss = { where: 'subject' as const, words: 'REMOVE FROM MARKETING MATERIAL', difference: [] };
  const decision = decideOn({ phrase: false, nearMiss, authentication: unauthenticated });
  expect(decision).toMatchObject({
    state: 'review',
    rule: 'near-miss',
    answers: [{ letter: 'received', to: 'ann@example.org' }],
  });
  expect(decision.effects).toEqual([effect('hold', 'member/17')]);
});

test('a scan that is attached waits to be read', () => {
  const attachments = [
    { filename: 'letter.PDF', contentType: 'application/octet-stream', inline: false, size: 90_000 },
  ];
  expect(decideOn({ phrase: false, mail: mail({ attachments }) })).toMatchObject({
    state: 'review',
    rule: 'scan-attached',
    effects: [],
  });
  const logo = [{ filename: 'logo.png', contentType: 'image/png', inline: true, size: 90_000 }];
  expect(decideOn({ phrase: false, mail: mail({ attachments: logo }) }).rule).toBe('written-request');
});

test('any other mail waits for a person', () => {
  expect(decideOn({ phrase: false })).toMatchObject({
    state: 'review',
    rule: 'written-request',
    effects: [],
    answers: [{ letter: 'received' }],
  });
});

test('a vacation reply to our own answer changes nothing and gets no answer, phrase or not', () => {
  const toOurs = mail({ inReplyTo: '<010001@email.amazonses.com>' });
  expect(decideOn({ automatic: 'auto-submitted', mail: toOurs })).toMatchObject({
    state: 'ignored',
    rule: 'automatic-mail',
    effects: [],
    answers: [],
  });
});

test('a bounce of our own answer changes nothing, even where it names no message of ours', () => {
  expect(decideOn({ automatic: 'null-return-path', senders: [] })).toMatchObject({ state: 'ignored', answers: [] });
});

test("a member's mail with the phrase that passed a mailing list holds, waits for a person and gets no answer", () => {
  const decision = decideOn({ automatic: 'list' });
  expect(decision).toMatchObject({ state: 'review', rule: 'automatic-with-phrase', answers: [] });
  expect(decision.effects).toEqual([effect('hold', 'member/17')]);
});

test('the phrase at an unsubscribe address stops the images and the marketing mail', () => {
  const plain = decideOn({ recipient: { role: 'unsubscribe' } });
  expect(plain.rule).toBe('phrase-from-member');
  expect(plain.effects).toEqual([effect('block', 'member/17'), effect('block', 'member/17', ['marketing-email'])]);
  const byLink = decideOn({ recipient: { role: 'unsubscribe', token: 'x' }, unsubscribing: bob });
  expect(byLink.effects).toEqual([
    effect('block', 'member/17'),
    effect('block', 'member/18', ['marketing-email'], '18'),
  ]);
});

test('a near miss in a reply holds as well', () => {
  const nearMiss = { where: 'subject' as const, words: 'REMOVE FROM MARKETTING MATERIALS', difference: [] };
  const decision = decideOn({ reply: { requestId: 'W-1' } as WrittenRequest, phrase: false, nearMiss });
  expect(decision).toMatchObject({ state: 'review', rule: 'near-miss', attachTo: 'W-1' });
  expect(decision.effects).toEqual([effect('hold', 'member/17')]);
});

test('a mail that is probably forged makes us write to nobody', () => {
  const verdicts = { virus: 'PASS', spam: 'PASS', dmarc: 'FAIL' } as const;
  expect(decideOn({ phrase: false, authentication: unauthenticated, verdicts }).answers).toEqual([]);
  expect(decideOn({ authentication: unauthenticated, verdicts }).answers).toMatchObject([{ letter: 'confirm' }]);
});

test('a bounce that a person forwarded is read by a person and answered nothing', () => {
  const forwarded = mail({ subject: 'Fwd: Returned mail: see transcript for details' });
  expect(decideOn({ phrase: false, mail: forwarded })).toMatchObject({
    state: 'review',
    rule: 'written-request',
    answers: [],
  });
});

test('a hundred attachments are counted, and twenty listed', () => {
  const one = { filename: 'page.pdf', contentType: 'application/pdf', inline: false, size: 90_000 };
  const { found } = decideOn({ phrase: false, mail: mail({ attachments: Array(100).fill(one) }) });
  expect(found?.filter(({ what }) => what === 'attachment')).toHaveLength(21);
  expect(found).toContainEqual({ what: 'attachment', sentence: 'and 80 more' });
});

test('a mail with a virus is quarantined, yet the phrase in its subject holds', () => {
  const decision = decideOn({ verdicts: { virus: 'FAIL' } });
  expect(decision).toMatchObject({ state: 'quarantined', answers: [] });
  expect(decision.effects).toEqual([effect('hold', 'member/17')]);
});

test('a fax is matched by nobody’s sender address', () => {
  const known = decideOn({ recipient: { role: 'fax' }, mail: mail({ from: ['gateway@fax.example'] }) });
  const unknown = decideOn({ recipient: { role: 'fax' } });
  expect(known).toMatchObject({ state: 'review', rule: 'fax', effects: [], answers: [] });
  expect([known.reason, unknown.reason]).toEqual([
    expect.stringContaining('that we know'),
    expect.stringContaining('unknown gateway'),
  ]);
});

test('the unsubscribe address of a member switches off their marketing mail, automatic mail or not', () => {
  const decision = decideOn({
    recipient: { role: 'unsubscribe', token: 'x' },
    unsubscribing: bob,
    automatic: 'list',
    phrase: false,
    senders: [],
  });
  expect(decision).toMatchObject({ state: 'granted', rule: 'unsubscribe-link', answers: [] });
  expect(decision.effects).toEqual([effect('block', 'member/18', ['marketing-email'], '18')]);
});

test('a mail to the plain unsubscribe address counts when it is certainly the member’s', () => {
  const recipient = { role: 'unsubscribe' } as const;
  expect(decideOn({ recipient, phrase: false })).toMatchObject({
    rule: 'unsubscribe-address',
    answers: [{ letter: 'unsubscribed' }],
  });
  expect(decideOn({ recipient, phrase: false, authentication: unauthenticated }).rule).toBe('written-request');
});

test('a reply is attached to its request; with the phrase it is a request as well', () => {
  const reply = { requestId: 'W-1' } as WrittenRequest;
  expect(decideOn({ reply, phrase: false })).toMatchObject({
    state: 'attached',
    rule: 'reply',
    attachTo: 'W-1',
    effects: [],
  });
  expect(decideOn({ reply })).toMatchObject({ state: 'granted', rule: 'phrase-from-member', attachTo: 'W-1' });
});

test('nobody is answered at an address of our own', () => {
  const own = { ...ann, primaryEmail: 'privacy@inwriting.example', otherEmails: [] };
  expect(decideOn({ senders: [own], mail: mail({ from: ['privacy@inwriting.example'] }) }).answers).toEqual([]);
});
