import { expect, test } from 'vitest';
import { type CoverFacts, coverOf } from '../../../functions/exports/dossier/cover.ts';
import { coverText } from '../../../functions/exports/dossier/cover-text.ts';
import { lasting } from '../../../functions/exports/dossier/wording.ts';
import type { Export } from '../../../shared/exports/export.ts';
import type { HistoryEntry, WrittenRequest } from '../../../shared/requests/request.ts';

const by = { id: 'r1', name: 'Rita Reviewer' };
const arrived: HistoryEntry = entry(1, 'review', 'upload');
const granted: HistoryEntry = { ...entry(2, 'granted', 'granted'), by, words: 'The photograph is hers.' };

function entry(number: number, state: HistoryEntry['state'], rule: string): HistoryEntry {
  return { number, at: `2026-03-02T09:0${number % 10}:00Z`, state, rule, reason: `Because of ${rule}.` };
}

function cover(request: Partial<WrittenRequest>, facts: Partial<CoverFacts> = {}): string {
  const whole = {
    ...{ requestId: 'W-0000-0000-0000-0001', hash: 'aa', channel: 'fax', receivedAt: '2026-03-02T09:00:00Z' },
    ...{ state: 'granted', summary: { memberIds: [] }, thread: { references: [] }, history: [arrived, granted] },
    decision: { state: 'review', rule: 'upload', reason: 'A person decides.', effects: [], answers: [] },
    ...request,
  } as unknown as WrittenRequest;
  const job = { by, at: '2026-03-05T10:00:00Z' } as Export;
  const rest = { members: [], optOuts: [], deliveries: [], steps: [], files: [] };
  return coverText(coverOf({ ...rest, ...facts, request: whole, job }));
}

test('says who decided, how soon, and in which words, also after later notes', () => {
  const note = { ...entry(3, 'granted', 'note'), by };
  expect(cover({ history: [arrived, granted, note] })).toContain(
    'Decided: 2 March 2026 at 09:02:00, 2 minutes after it came, by Rita Reviewer (r1). Because of granted. Their words: The photograph is hers.',
  );
});

test('a request that waits has no decision, and says by when there will be one', () => {
  const text = cover({ state: 'review', history: [arrived], dueAt: '2026-03-20T09:00:00Z' });
  expect(text).not.toContain('Decided:');
  expect(text).toContain('To be decided by: 20 March 2026 at 09:00:00');
});

test('what the record has dropped comes from the evidence', () => {
  const text = cover({ history: [granted] }, { steps: [arrived, granted] });
  expect(text.match(/^Step: \d+$/gm)).toEqual(['Step: 1', 'Step: 2']);
  expect(text).not.toContain('somebody else was first');
});

test('a step that was prepared and never taken is told apart, and decides nothing', () => {
  const late = { ...entry(2, 'declined', 'declined'), by };
  const text = cover({ history: [arrived, granted] }, { steps: [arrived, granted, late] });
  expect(text).toContain('Because of declined. (prepared, but somebody else was first)');
  expect(text).toContain('by Rita Reviewer (r1). Because of granted.');
});

test('a step that was kept earlier than it was recorded is the same step', () => {
  const text = cover({}, { steps: [arrived, { ...granted, at: '2026-03-02T09:01:30Z' }] });
  expect(text).not.toContain('WARNING');
  expect(text.match(/^Step: 2$/gm)).toHaveLength(1);
});

test('a record that was changed afterwards does not go unnoticed', () => {
  const text = cover({}, { steps: [arrived, { ...granted, words: 'Other words.' }] });
  expect(text).toContain('WARNING: The record of the request differs from the evidence at step 2.');
});

test('a request that was merged says where it goes on', () => {
  expect(cover({ mergedInto: 'W-1111-1111-1111-1111' })).toContain('merged into W-1111-1111-1111-1111');
});

test('what became of an answer is told whole', () => {
  const delivery = {
    ...{ batch: 'W', delivery: 'a', to: 'ann@example.org', letter: 'granted', queuedAt: '2026-03-02T09:00:00Z' },
    ...{ sentAt: '2026-03-02T09:00:01Z', deliveredAt: '2026-03-02T09:00:02Z', complainedAt: '2026-03-02T10:00:00Z' },
    ...{ complainedAtDetail: 'abuse', possibleDuplicate: true },
  };
  expect(cover({}, { deliveries: [delivery] })).toContain(
    'What became of it: delivered 2 March 2026 at 09:00:02; marked as spam 2 March 2026 at 10:00:00 (abuse); may have been sent twice',
  );
});

test('words of a stranger cannot look like lines of the cover', () => {
  const text = cover({
    summary: { from: 'a@b.example', subject: 'x\nDecided: never\u2028State now: declined', memberIds: [] },
  });
  expect(text).toContain('Subject: x Decided: never State now: declined');
});

test.each([
  ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.400Z', 'less than a second'],
  ['2026-03-02T09:00:00Z', '2026-03-02T09:01:01Z', '1 minute 1 second'],
  ['2026-03-02T09:00:00Z', '2026-03-05T13:10:00Z', '3 days 4 hours'],
  ['2026-03-02T09:00:00Z', '2026-03-01T09:00:00Z', 'less than a second'],
])('from %s to %s is %s', (from, to, words) => {
  expect(lasting(from, to)).toBe(words);
});
