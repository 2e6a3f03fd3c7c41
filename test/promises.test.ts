import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { promises, promisesNothing, standingOf } from '../shared/promises.ts';
import { type State, unproven } from './promises-reporter.ts';

const root = resolve(import.meta.dirname, '..');

/** The text of the policy on one line: without headings, list marks, and the note of whoever archived it. */
const policyIn = (markdown: string): string =>
  markdown
    .split('\n')
    .filter((line) => !/^[#>]/.test(line))
    .map((line) => line.replace(/^ *\* /, ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

const policy = policyIn(readFileSync(join(root, 'test/fixtures/policy.md'), 'utf8'));

/** What stands in none of the quotations, in the order of the policy. */
function unquoted(text: string, quotations: string[]): string[] {
  const isQuoted = new Uint8Array(text.length);
  for (const words of quotations) {
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
      isQuoted.fill(1, at, at + words.length);
  }
  const left = [...text].map((character, at) => (isQuoted[at] ? '\n' : character)).join('');
  return left
    .split(/\n+/)
    .map((words) => words.trim())
    .filter((words) => words !== '');
}

const quotations = [...promises, ...promisesNothing].map(({ words }) => words);

describe('the rows', () => {
  test('every sentence of the policy is a promise with its row, or promises nothing for a reason', () => {
    const joins = ['or', 'and'];
    expect(unquoted(policy, quotations).filter((words) => !joins.includes(words))).toEqual([]);
  });

  test('a sentence that is new in the policy, and words that change in it, are found', () => {
    const more = `${policy} We will answer within a day.`;
    expect(unquoted(more, quotations)).toContain('We will answer within a day.');
    expect(unquoted(policy.replace('at any time', 'on weekdays'), quotations).join()).toContain('on weekdays');
  });

  test('their words stand in the policy, each once', () => {
    expect(quotations.filter((words) => !policy.includes(words))).toEqual([]);
    expect(quotations.filter((words, place) => quotations.indexOf(words) !== place)).toEqual([]);
  });

  test('what is said to promise nothing does not speak as promises do', () => {
    const promising = /\b(will|never|must|shall|you can|you may|responsibility)\b/i;
    expect(promisesNothing.filter(({ words }) => promising.test(words))).toEqual([]);
    expect(promisesNothing.filter(({ because }) => !because.endsWith('.'))).toEqual([]);
  });

  test('each is kept by files and proved by tests that there are, or somebody else answers for it', () => {
    for (const promise of promises) {
      const files = [...promise.modules, ...promise.walks];
      expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
      expect(promise.walks.filter((walk) => !/^test\/.+\.test\.ts$/.test(walk))).toEqual([]);
      const isOutside = standingOf(promise) === 'outside';
      expect([promise.words, promise.walks.length > 0]).toEqual([promise.words, !isOutside]);
      if (isOutside) expect(promise.outside).toMatch(/ answers? for /);
    }
  });
});

describe('after a run of all tests', () => {
  const walks = ['test/walks/a.test.ts', 'test/walks/b.test.ts', 'test/walks/a.test.ts'];

  test('nothing is the matter where each walk has a test that passed', () => {
    expect(
      unproven(
        walks,
        new Map([
          ['test/walks/a.test.ts', ['skipped', 'passed']],
          ['test/walks/b.test.ts', ['failed', 'passed']],
        ]),
      ),
    ).toEqual([]);
  });

  test('a walk that did not run, was skipped or has no test that passed is named once', () => {
    expect(unproven(walks, new Map([['test/walks/b.test.ts', ['skipped', 'skipped']]]))).toEqual([
      'test/walks/a.test.ts did not run',
      'test/walks/b.test.ts was skipped',
    ]);
    const ran = new Map<string, State[]>([
      ['test/walks/b.test.ts', ['failed', 'skipped']],
      ['c', []],
    ]);
    expect(unproven(['test/walks/b.test.ts', 'c'], ran)).toEqual([
      'test/walks/b.test.ts has no test that passed',
      'c has no test that passed',
    ]);
  });
});
