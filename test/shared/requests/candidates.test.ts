import { describe, expect, test } from 'vitest';
import { canonicalAddress } from '../../../shared/members/address.ts';
import { foldHandle, foldName } from '../../../shared/members/fold.ts';
import { addressesOf, type Member } from '../../../shared/members/member.ts';
import { candidates, type Lookups } from '../../../shared/requests/candidates.ts';
import { mentions } from '../../../shared/requests/mentions.ts';

const site = 'https://site.example';

const member = (memberId: string, handle: string, name: string, primaryEmail: string, otherEmails: string[] = []) =>
  ({ memberId, handle, name, primaryEmail, otherEmails, manages: [] }) satisfies Member;

const directory: Member[] = [
  member('1001', 'anna.weber', 'Anna Weber', 'anna.weber@example.org', ['anna@weber.example']),
  member('1002', 'jdoe', 'Jane Doe', 'jane.doe@example.com'),
  member('1003', 'marc_lefevre', 'Marc Lefèvre', 'marc@example.net', ['family@example.net']),
  member('1004', 'zoe', 'Zoë van den Berg', 'zoe@example.net', ['family@example.net']),
  member('1005', 'anna2', 'Anna Weber', 'other.anna@example.com'),
];

/** The directory in memory, compared as the real one compares; counts what it is asked. */
function lookups(): Lookups & { asked: string[] } {
  const asked: string[] = [];
  const find = (fits: (member: Member, words: string) => boolean) => async (words: string) => {
    asked.push(words);
    return directory.filter((one) => fits(one, words));
  };
  return {
    asked,
    findByAddress: find((one, words) => addressesOf(one).map(canonicalAddress).includes(canonicalAddress(words))),
    findByHandle: find((one, words) => foldHandle(one.handle) === foldHandle(words)),
    findByName: find((one, words) => foldName(one.name) === foldName(words)),
    findById: find((one, words) => one.memberId === words),
  };
}

const found = async (text: string) =>
  (await candidates(mentions(text, site), lookups())).map(({ memberId }) => memberId);

describe('a member is proposed', () => {
  test.each([
    ['by another address of theirs', 'My account is under Anna@Weber.example, please', '1001'],
    ['by an address in brackets', 'From: Jane <jane.doe@EXAMPLE.com>', '1002'],
    ['by a user name with an @', 'I am @JDoe there.', '1002'],
    ['by a user name that is introduced', 'My user name is "marc_lefevre".', '1003'],
    ['by a user name that is introduced in German', 'Benutzername: jdoe', '1002'],
    ['by the page of their profile', 'See https://site.example/profile/anna.weber.', '1001'],
    ['by a link without a scheme', 'look at www.site.example/u/zoe, please', '1004'],
    ['by a profile page with a number', '<https://site.example/profile/1003>', '1003'],
    ['by a profile page with a number and a name', 'http://site.example/members/1003-marc/photos?x=1', '1003'],
    ['by a query', 'https://site.example/index.php?option=profile&userid=1002#top', '1002'],
    ['by the full name under the mail', 'Please do so.\n\nBest regards,\nJane Doe\n', '1002'],
    ['by a name without its accents', 'My name is Marc Lefevre.', '1003'],
    ['by a name with particles in capitals elsewhere', 'Kind regards Zoe van den Berg', '1004'],
  ])('%s', async (_name, text, memberId) => {
    expect(await found(text)).toEqual([memberId]);
  });
});

describe('nobody is proposed', () => {
  test.each([
    ['by an address with a plus tag that is not theirs', 'anna.weber+news@example.org'],
    ['by an address with other dots', 'annaweber@example.org and j.ane.doe@example.com'],
    ['by a first name', 'Anna'],
    ['by a page of another site', 'https://othersite.example.org/profile/jdoe https://site.example.org/u/jdoe'],
    ['by another page of the site', 'https://site.example/blog/jdoe'],
    ['by words of courtesy', 'Dear Privacy Team, Best Regards'],
  ])('%s', async (_name, text) => {
    expect(await found(text)).toEqual([]);
  });
});

test('what names one member counts more than what names two, and an address more than a name', async () => {
  const all = await candidates(mentions('Anna Weber, family@example.net, anna2: @anna2', site), lookups());
  expect(all.map(({ memberId }) => memberId)).toEqual(['1005', '1003', '1004', '1001']);
});

test('the reason is a sentence with the words that led to the member', async () => {
  const [anna] = await candidates(mentions('anna@weber.example\nAnna Weber', site), lookups());
  expect(anna?.because).toBe('The mail holds the address "anna@weber.example" and the name "Anna Weber".');
});

test('each member is proposed once', async () => {
  expect(await found('jdoe: @jdoe @JDOE jane.doe@example.com Jane Doe')).toEqual(['1002']);
});

test('a mail costs at most twenty look-ups, and names keep a part of them', async () => {
  const many = (make: (letters: string) => string) =>
    Array.from({ length: 500 }, (_, number) => make(`${String.fromCharCode(97 + (number % 26))}${number}`)).join(' ');
  const asked = lookups();
  const text = `${many((n) => `${n}@example.org`)} ${many((n) => `@${n}`)} ${many((n) => `${site}/u/${n}`)}\nJane Doe\n`;
  expect((await candidates(mentions(text, site), asked)).map(({ memberId }) => memberId)).toEqual(['1002']);
  expect(asked.asked.length).toBeLessThanOrEqual(20);
});

test('at most ten members are proposed', async () => {
  const everyone = Array.from({ length: 30 }, (_, number) => member(`${number}`, 'x', 'X Y', 'x@y.example'));
  const all = { ...lookups(), findByName: async () => everyone };
  expect(await candidates(mentions('Xaver Young', site), all)).toHaveLength(10);
});

test('a site within a folder and with profile paths of its own is a setting', () => {
  const text = 'https://www.site.example/community/mitglied/jdoe and https://site.example/mitglied/zoe';
  expect(mentions(text, 'https://site.example/community/', ['/mitglied/']).handles).toEqual(['jdoe']);
});

test.each([
  ['at signs', '@'],
  ['addresses', 'a@b.example '],
  ['one long word', 'a'],
  ['one long word in capitals', 'A'],
  ['links', 'site.example/u/'],
  ['user names and spaces', `user name${' '.repeat(1000)}`],
  ['capitals', 'A B '],
  ['lines', 'Aa Bb\n'],
  ['dots', '.'],
  ['at signs with dots', '@a.'],
])('256 KB of %s are read to their end', (_name, pattern) => {
  const read = mentions(pattern.repeat((256 * 1024) / pattern.length), site);
  for (const kind of Object.values(read)) expect(kind.length).toBeLessThanOrEqual(20);
});
