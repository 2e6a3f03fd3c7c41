import { expect, test } from 'vitest';
import { exportKinds, isExportId, mayExport, newExportId, standingOf } from '../../../shared/exports/export.ts';

test('the newest id stands first in the alphabet, and no id is made twice', () => {
  const early = newExportId('2026-03-02T10:00:00.000Z');
  const late = newExportId('2026-03-02T10:00:00.001Z');
  expect([early, late].sort()).toEqual([late, early]);
  expect(newExportId('2026-03-02T10:00:00.000Z')).not.toBe(early);
  expect([early, late, newExportId('1970-01-01T00:00:00Z')].every(isExportId)).toBe(true);
});

test.each(['', '../jobs/x', 'x'.repeat(25), 'X'.repeat(26), `${'x'.repeat(25)}/`])('%j is no id of an export', (id) => {
  expect(isExportId(id)).toBe(false);
});

test('reviewers and officers may have a dossier, marketing may not', () => {
  expect(mayExport('dossier', ['reviewer'])).toBe(true);
  expect(mayExport('dossier', ['officer', 'marketing'])).toBe(true);
  expect(mayExport('dossier', ['marketing'])).toBe(false);
  expect(mayExport('dossier', [])).toBe(false);
});

test('a dossier is of a request and of nothing else', () => {
  expect(exportKinds.dossier.subject.test('W-0123-ABCD-EFGH-JKMN')).toBe(true);
  for (const subject of ['', 'W-0123', 'w-0123-abcd-efgh-jkmn', 'W-0123-ABCD-EFGH-JKMN/..', 'W-0123-ABCD-EFGH-JKMN\n'])
    expect(exportKinds.dossier.subject.test(subject)).toBe(false);
});

test('a job that gave no sign of life for longer than its function may run is silent', () => {
  const job = { state: 'running', updatedAt: '2026-03-02T10:00:00Z' } as Parameters<typeof standingOf>[0];
  expect(standingOf(job, '2026-03-02T10:05:00Z')).toBe('waiting');
  expect(standingOf(job, '2026-03-02T10:07:00Z')).toBe('silent');
  expect(standingOf({ ...job, state: 'done' }, '2026-03-02T10:07:00Z')).toBe('done');
  expect(standingOf({ ...job, state: 'failed' }, '2026-03-02T10:07:00Z')).toBe('failed');
});
