import { describe, expect, test } from 'vitest';
import { canonicalAddress } from '../../../shared/members/address.ts';
import { foldHandle, foldName } from '../../../shared/members/fold.ts';
import { addressesOf, type Member } from '../../../shared/members/member.ts';
import { gatherPaperFacts } from '../../../shared/requests/scan-facts.ts';
import { paperFindings, paperReason } from '../../../shared/requests/scan-findings.ts';

const member = (memberId: string, handle: string, name: string, primaryEmail: string): Member => ({
  memberId,
  handle,
  name,
  primaryEmail,
  otherEmails: [],
  manages: [],
});

const directory: Member[] = [
  member('1001', 'anna.weber', 'Anna Weber', 'anna.weber@example.org'),
  member('1002', 'jdoe', 'Jane Doe', 'house@example.com'),
  member('1003', 'john', 'John Doe', 'house@example.com'),
];

const find = (fits: (member: Member, words: string) => boolean) => async (words: string) =>
  directory.filter((one) => fits(one, words));
const lookups = {
  findByAddress: find((one, words) => addressesOf(one).map(canonicalAddress).includes(canonicalAddress(words))),
  findByHandle: find((one, words) => foldHandle(one.handle) === foldHandle(words)),
  findByName: find((one, words) => foldName(one.name) === foldName(words)),
  findById: find((one, words) => one.memberId === words),
};

const settings = { siteUrl: 'https://site.example', mailDomain: 'inwriting.example' };
const factsOf = (...texts: string[]) =>
  gatherPaperFacts(
    texts.map((text, at) => ({ scanId: '1', page: at + 1, place: `page ${at + 1} of "fax.tif"`, text })),
    settings,
    lookups,
  );

describe('one member is certain', () => {
  test.each([
    ['by the page of the profile', 'My page: https://site.example/profile/anna.weber', '1001'],
    ['by a profile number, though spaces were read into it', 'www.site.example / profile / 1001', '1001'],
    [
      'by the page of the profile, with letters of the site read for others',
      'hitp://site.exampie/u/anna.weber',
      '1001',
    ],
    ['by such a page behind www', 'http: //www.site.exampie/u/anna.weber', '1001'],
    ['by an address with spaces around its at sign', 'anna.weber @ example.org', '1001'],
    ['by a user name', 'User name: anna.weber', '1001'],
  ])('%s', async (_name, text, memberId) => {
    expect((await factsOf(text)).certain).toBe(memberId);
  });

  test('when a name beside it is somebody else’s', async () => {
    expect((await factsOf('site.example/u/anna.weber', 'Kind regards\nJane Doe')).certain).toBe('1001');
  });
});

describe('nobody is certain', () => {
  test.each([
    ['by a name alone', 'Kind regards\nAnna Weber'],
    ['by an address that two members share', 'Write to house@example.com'],
    ['where the paper leads to two', 'site.example/u/anna.weber and @jdoe'],
    ['by a profile on another site', 'https://site.elsewhere/u/anna.weber'],
    ['by our own address at the top of the letter', 'privacy@inwriting.example'],
  ])('%s', async (_name, text) => {
    expect((await factsOf(text)).certain).toBeUndefined();
  });
});

test('the one to whom most leads stands first, with the words and the page where each stands', async () => {
  const facts = await factsOf('Jane Doe', 'https://site.example/u/anna.weber\n\nAnna Weber');
  expect(paperFindings(facts, [])).toEqual([
    {
      what: 'candidate',
      memberId: '1001',
      sentence: 'The user name "anna.weber" on page 2 of "fax.tif" and the name "Anna Weber" on page 2 of "fax.tif".',
    },
    { what: 'candidate', memberId: '1002', sentence: 'The name "Jane Doe" on page 1 of "fax.tif".' },
  ]);
});

test('the phrase counts before what comes near it, on whatever page it stands', async () => {
  const facts = await factsOf('Remove from marketing material', 'REMOVE FROM\nMARKETING MATERIALS');
  expect(facts.asks).toMatchObject({ what: 'phrase', place: 'page 2 of "fax.tif"' });
  expect(facts.phrases.map(({ page }) => page.page)).toEqual([1, 2]);
});

test('the phrase is found where it runs over to the next photograph', async () => {
  expect((await factsOf('Please REMOVE FROM', 'MARKETING MATERIALS my images')).asks).toMatchObject({
    what: 'phrase',
    place: 'several pages',
  });
});

test('the history says in words what was read and what followed', async () => {
  const asks = await factsOf('REMOVE FROM MARKETING MATERIALS site.example/u/anna.weber');
  const outcome = { scans: [], held: 1, closed: false };
  expect(paperReason(asks, outcome)).toBe(
    '1 page was read. The text carries the phrase and leads to one member, so until a person decides the images are not used.',
  );
  expect(paperReason(await factsOf('Hello'), { ...outcome, held: 0 })).toBe(
    '1 page was read. The text does not carry the phrase, and it leads to no member: a person looks.',
  );
});

test('what is missing is said as well: pages that nobody could read, and files that do not open', async () => {
  const { pages, ...facts } = await factsOf('Hello', '');
  const problem = 'Page 2 is damaged and cannot be drawn: a person opens the original.';
  const scan = { scanId: '1', name: 'fax.tif', bytes: 1, state: 'waiting' as const, pages: 2, pagesRead: 2 };
  const scans = [scan, { ...scan, scanId: '2', name: 'a.exe', pages: 0, pagesRead: 0, problem: 'This is a program.' }];
  const damaged = { ...facts, pages: [pages[0]!, { ...pages[1]!, problem }] };
  expect(paperReason(damaged, { scans, held: 0, closed: false })).toBe(
    '1 page was read. The text does not carry the phrase, and it leads to no member: a person looks. 1 page could not be read as text. 1 file could not be read. A person looks at what is missing.',
  );
  expect(paperFindings(damaged, scans).map(({ sentence }) => sentence)).toEqual([
    `"fax.tif": ${problem}`,
    '"a.exe": This is a program.',
  ]);
});
