import { expect, test } from 'vitest';
import { newestOf } from '../../../functions/desk/queue/what.ts';
import { whoWrote } from '../../../functions/desk/queue/who.ts';
import { dueWords } from '../../../functions/desk/views/times.tsx';
import { titleOf } from '../../../functions/desk/views/title.ts';
import { members, sampleRequest } from './sample-desk.ts';

const now = new Date('2026-11-22T12:00:00.000Z');

test.each([
  ['2026-11-19T11:59:00.000Z', 'overdue', 'overdue by 3 days'],
  ['2026-11-21T11:59:00.000Z', 'overdue', 'overdue by 1 day'],
  ['2026-11-22T11:59:00.000Z', 'overdue', 'overdue since today'],
  ['2026-11-22T12:01:00.000Z', 'soon', 'due within a day'],
  ['2026-11-23T12:00:00.000Z', 'soon', 'due in 1 day'],
  ['2026-11-26T12:00:00.000Z', 'soon', 'due in 4 days'],
  ['2026-11-27T12:00:00.000Z', 'later', undefined],
])('what is due at %s is %s, in words that need no colour', (dueAt, urgency, words) => {
  expect(dueWords(dueAt, now)).toEqual({ urgency, words });
});

test.each([
  ['its member by name and handle', { who: 'member/1001' }, { name: 'Anna Weber', more: '@anna.weber' }],
  [
    'how many more it may be',
    { summary: { memberIds: ['1001', '7', '8'] } },
    { name: 'Anna Weber', more: 'and 2 more' },
  ],
  ['the address of a stranger', {}, { name: 'somebody@elsewhere.example' }],
  ['that nobody knows yet', { summary: { memberIds: [] } }, { name: 'Not known yet' }],
  ['a member who has left', { who: 'member/7' }, { name: 'member 7', more: undefined }],
])('a list tells of a request %s', (_, given, said) => {
  expect(whoWrote(sampleRequest(given), members)).toEqual(said);
});

test('a mail is called by its subject, paper by what it is and whom it is from, and neither by a note', () => {
  const scan = { scanId: '1', name: 'a.pdf', bytes: 1, state: 'read', pages: 2, pagesRead: 2 } as const;
  const summary = { subject: 'the note of whoever uploaded it', memberIds: [] };
  const letter = sampleRequest({ channel: 'letter', summary, scans: [scan, { ...scan, scanId: '2', pages: 1 }] });
  expect(titleOf(letter)).toBe('Letter, 3 pages');
  expect(titleOf(letter, 'Anna Weber')).toBe('Letter from Anna Weber');
  const fax = { summary: { ...summary, from: 'fax@fax.example' }, scans: [scan] };
  expect(titleOf(sampleRequest({ ...fax, channel: 'fax' }))).toBe('Fax, 2 pages, from fax@fax.example');
  const statement = { channel: 'other', decision: { ...letter.decision, rule: 'statement' } } as const;
  expect(titleOf(sampleRequest(statement), 'Priya Nair')).toBe('Statement of Priya Nair');
  expect(titleOf(sampleRequest(), 'Anna Weber')).toBe('Please remove my picture');
});

test('whom the pages of a letter seem to name stands in the list as a guess', () => {
  const scans = [{ scanId: '1', name: 'a.pdf', bytes: 1, state: 'read', pages: 2, pagesRead: 2 } as const];
  const findings = [{ what: 'candidate', sentence: 'The name "Anna Weber".', memberId: '1001' } as const];
  const letter = sampleRequest({ channel: 'letter', summary: { memberIds: [] }, scans, findings });
  expect(whoWrote(letter, members)).toEqual({ name: 'perhaps Anna Weber' });
});

test('while paper is read, a list tells how far', () => {
  const scan = { scanId: '1', name: 'a.pdf', bytes: 1, state: 'waiting', pagesRead: 0 } as const;
  expect(newestOf(sampleRequest({ scans: [scan] }))).toBe('Waits to be read');
  expect(newestOf(sampleRequest({ scans: [{ ...scan, pages: 3, pagesRead: 1 }] }))).toBe('Being read: page 2 of 3');
});

test('what a person did is told with their name and their words', () => {
  const step = { number: 2, at: '', state: 'review', rule: 'asked', reason: 'Asked.' } as const;
  const by = { id: 'o', name: 'Otto' };
  expect(newestOf(sampleRequest({ history: [{ ...step, by, words: 'Which profile?' }] }))).toBe('Otto: Which profile?');
  expect(newestOf(sampleRequest({ history: [{ ...step, by }] }))).toBe('Otto: Asked.');
});
