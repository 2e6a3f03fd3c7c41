import { describe, expect, test } from 'vitest';
import { boxOf, mostSubjects, restOf, ticked } from '../../../functions/desk/request/boxes.ts';
import { linksIn } from '../../../functions/desk/request/links.tsx';
import { piecesOf } from '../../../functions/desk/request/marked.tsx';
import { marksOf } from '../../../functions/desk/request/marks-of.ts';
import { membersInQuestion } from '../../../functions/desk/request/members-in-question.ts';
import { ScanProblems } from '../../../functions/desk/request/page-list.tsx';
import { passagesOf } from '../../../functions/desk/request/quoted.ts';
import { readNames } from '../../../functions/desk/request/read-names.ts';
import { readableAddresses } from '../../../functions/desk/request/readable-addresses.ts';
import { sizeWords } from '../../../functions/desk/request/sizes.ts';
import { withNames } from '../../../functions/desk/views/with-names.ts';
import { letterToPrint } from '../../../shared/requests/by-person/letter-to-print.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { anna, bo, sampleRequest } from './sample-desk.ts';

describe('the text of a mail', () => {
  const quoted = (text: string) => passagesOf(text).map((passage) => [passage.quoted, passage.text]);

  test('old mail is folded together with the line that introduces it, and what is written below it is not', () => {
    expect(quoted('Yes, please.\n\nOn Monday, Jane wrote:\n> Shall we?\n>\n> J.\n\nBest\nAnna')).toEqual([
      [false, 'Yes, please.'],
      [true, 'On Monday, Jane wrote:\n> Shall we?\n>\n> J.'],
      [false, 'Best\nAnna'],
    ]);
    expect(quoted('Ja.\nAm Montag schrieb Jane:\n> Sollen wir?')[1]![0]).toBe(true);
  });

  test('below the line of Outlook everything is old mail', () => {
    expect(quoted('Yes\n-----Original Message-----\nFrom: Jane\nShall we?')).toEqual([
      [false, 'Yes'],
      [true, '-----Original Message-----\nFrom: Jane\nShall we?'],
    ]);
  });

  test('a sentence that only looks like an introduction stays, so that no wish is hidden', () => {
    expect(quoted('As my sister wrote:\nremove me from marketing materials')).toEqual([
      [false, 'As my sister wrote:\nremove me from marketing materials'],
    ]);
  });

  test('it comes back whole, whatever stands in it', () => {
    for (const text of ['', '>', '> a\n> b', 'wrote:', '\r\n> x\r\ny']) {
      expect(
        passagesOf(text)
          .map((passage) => passage.text)
          .join('\n'),
      ).toBe(text.replace(/\r\n?/g, '\n').trim());
    }
  });
});

describe('highlighted words', () => {
  const marked = (text: string, ...words: string[]) =>
    piecesOf(
      text,
      words.map((each) => ({ what: 'candidate', words: each })),
    )
      .filter(({ what }) => what)
      .map((piece) => piece.words);

  test('they are found in any case, across line ends and quotation marks of old mail, and as whole words only', () => {
    expect(marked('Remove  FROM\n> marketing materials', 'REMOVE FROM MARKETING MATERIALS')).toHaveLength(1);
    expect(marked('jdoe, jdoes and JDOE', 'jdoe')).toEqual(['jdoe', 'JDOE']);
    expect(marked('write to anna.weber@example.org.', 'anna.weber@example.org')).toEqual(['anna.weber@example.org']);
    expect(marked('a.b and axb', 'a.b')).toEqual(['a.b']);
  });

  test('the text stays as it is, and hostile words cost no time', () => {
    const text = 'remove '.repeat(30_000);
    const pieces = piecesOf(
      text,
      Array.from({ length: 40 }, (_, index) => ({ what: 'candidate', words: `remove remove x${index}(` })),
    );
    expect(pieces.map(({ words }) => words).join('')).toBe(text);
  });

  test('a near miss is marked as it was written, and the words that led to a candidate as they stand in quotes', () => {
    const request = sampleRequest({
      decision: {
        state: 'review',
        rule: 'near-miss',
        reason: '',
        effects: [],
        answers: [],
        found: [
          {
            what: 'near-miss',
            sentence: 'In the subject: Remove from market materials',
            difference: [{ text: 'Remove from market' }, { text: 'ing', change: 'removed' }, { text: ' materials' }],
          },
          {
            what: 'candidate',
            sentence: 'The mail holds the user name "bo", and the name "Bo Bold".',
            memberId: '1002',
          },
        ],
      },
    });
    expect(marksOf(request).slice(1)).toEqual([
      { what: 'near-miss', words: 'Remove from market materials' },
      { what: 'candidate', words: 'bo' },
      { what: 'candidate', words: 'Bo Bold' },
    ]);
  });
});

describe('links of a mail', () => {
  test('each is told with its words and where it really leads', () => {
    const html =
      '<a class=x HREF="https://evil.example/?a=1&amp;b=2"><b>https://nice.example</b></a> <a href=\'javascript:alert(1)\'>x</a> <a href=mailto:a@b.example>write</a> <a name="x">y</a>';
    expect(linksIn(html)).toEqual([
      { words: 'https://nice.example', target: 'https://evil.example/?a=1&b=2' },
      { words: 'write', target: 'mailto:a@b.example' },
    ]);
  });

  test('what is built to cost time costs none', () => {
    const started = performance.now();
    for (const piece of ['<a href="', '<a href=x ', '<a '.repeat(3), `<a ${'href'.repeat(50)} `, '<a href="http://x">'])
      linksIn(piece.repeat(256_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('whom a request may be about', () => {
  test('the sender stands before the candidates, with all reasons, and whoever was looked for comes last', () => {
    const request = sampleRequest({
      summary: { from: 'x@y.example', subject: '', memberIds: ['1001'] },
      findings: [
        { what: 'candidate', sentence: 'Page 1 holds the name "Bo".', memberId: '1002' },
        { what: 'candidate', sentence: 'Page 1 holds the name "Anna".', memberId: '1001' },
      ],
    });
    expect(membersInQuestion(request, ['1003', '1002'])).toEqual([
      { memberId: '1001', because: ['Page 1 holds the name "Anna".'] },
      { memberId: '1002', because: ['Page 1 holds the name "Bo".'] },
      { memberId: '1003', because: [] },
    ]);
  });

  test('the boxes of a member ask for what is theirs, and nobody else’s', () => {
    expect(
      ticked(anna, [
        'member/1001 profile-images',
        'community/gardeners pages',
        'member/1002 profile-images',
        'nonsense',
      ]),
    ).toEqual([
      { subject: 'member/1001', scopes: ['profile-images'] },
      { subject: 'community/gardeners', scopes: ['pages'] },
    ]);
    expect(ticked(bo, ['community/gardeners pages'])).toEqual([]);
  });

  test('a manager of a hundred communities gets one box for those that are not listed', () => {
    const manager = { ...bo, manages: Array.from({ length: 100 }, (_, index) => `c${index}`) };
    expect(ticked(manager, [restOf(manager)])).toHaveLength(101 - mostSubjects);
    expect(ticked(manager, [boxOf('community/c99', 'pages')])).toEqual([]);
  });
});

test('the history tells names where the record has ids', () => {
  const names = new Map([['1001', 'Anna Weber']]);
  expect(withNames('Granted: profile images of member 1001.', names)).toBe('Granted: profile images of Anna Weber.');
  expect(withNames('Granted: profile images of member 10011, pages of community member', names)).toContain('10011');
});

test('what was read on a page and leads to nobody is offered to be looked for', () => {
  const page = { page: 2, source: 'ocr' as const, width: 1, height: 1, marks: [] };
  const text = 'To privacy@inwriting.example\nMy user name is HannahLee\nanna@members.invalid\nHannah Lee';
  const findings = [{ what: 'candidate', sentence: 'The address "anna@members.invalid" on page 2.' } as const];
  const settings = { siteUrl: 'http://site.example', mailDomain: 'inwriting.example' };
  expect(readNames({ findings }, [{ ...page, text }], settings)).toEqual([
    { words: 'HannahLee', page: 2 },
    { words: 'Hannah Lee', page: 2 },
  ]);
});

test('a program is never offered to be opened, and another file that cannot be read is', () => {
  const told = (type: string) => {
    const scan = { scanId: '1', name: 'a.pdf', bytes: 9, state: 'unreadable', pagesRead: 0, problem: 'So.' } as const;
    return String(ScanProblems({ request: sampleRequest({ scans: [{ ...scan, type }] }) }));
  };
  expect(told('a Windows program')).toContain('it stays in the dossier');
  expect(told('a Windows program')).not.toContain('href=');
  expect(told('a HEIC photo')).toContain('Download it as it came');
});

describe('the letter that can be printed', () => {
  const answered = (letter: 'granted' | 'declined' | 'question', given: Partial<WrittenRequest>) =>
    letterToPrint(
      sampleRequest({
        lastAnswer: { letter, to: 'a@b.example', locale: 'en', name: 'Anna', communities: [], words: 'x' },
        ...given,
      }),
    )?.letter;
  test('is the answer to the decision, and never one that is no longer true', () => {
    expect(answered('granted', { state: 'granted' })).toBe('granted');
    expect(answered('granted', { state: 'review' })).toBe('received');
    expect(answered('declined', { state: 'review' })).toBe('received');
    expect(answered('granted', { state: 'ignored' })).toBeUndefined();
  });
  test('is the question while its answer is waited for', () => {
    expect(answered('question', { state: 'review', pausedAt: '2026-11-01T00:00:00.000Z' })).toBe('question');
    expect(answered('question', { state: 'review' })).toBe('received');
  });
});

test('addresses are told without the names beside them, and no more than one can read', () => {
  expect(readableAddresses(['=?utf-8?q?X?= <a@x.example>, "b, c" <b@x.example>'])).toBe('a@x.example, b@x.example');
  expect(readableAddresses([Array.from({ length: 30 }, (_, index) => `a${index}@x.example`).join(', ')])).toContain(
    'and 20 more',
  );
});

test('sizes are told as file managers tell them', () => {
  expect([1, 999, 60_400, 4_400_000].map(sizeWords)).toEqual(['1 byte', '999 bytes', '60 KB', '4.4 MB']);
});
