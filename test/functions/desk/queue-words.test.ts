import { expect, test } from 'vitest';
import { newestOf, whatItSays } from '../../../functions/desk/queue/what.ts';
import { whoWrote } from '../../../functions/desk/queue/who.ts';
import { dueWords } from '../../../functions/desk/views/times.tsx';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
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

test('a letter without a subject is called by its files and pages', () => {
  const scan = { scanId: '1', name: 'a.pdf', bytes: 1, state: 'read', pages: 2, pagesRead: 2 } as const;
  const letter: Partial<WrittenRequest> = { channel: 'letter', summary: { memberIds: [] } };
  const said = whatItSays(
    sampleRequest({ ...letter, scans: [scan, { ...scan, scanId: '2', name: 'b.tif', pages: 1 }] }),
  );
  expect(said).toBe('a.pdf, b.tif (3 pages)');
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
