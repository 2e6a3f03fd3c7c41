import { expect, it } from 'vitest';
import { clearanceOf, readSubject } from '../../../shared/clearance/check.ts';
import { isCampaignName, isContact, newCheckId, readCheckId } from '../../../shared/clearance/check-record.ts';

const optOut = { scopes: {} };

it('what nobody asked for may be used, unless the directory does not know whose it is', () => {
  expect(clearanceOf({ subject: 'member/1' }, { known: true, optOut })).toMatchObject({ allowed: true });
  expect(clearanceOf({ subject: 'member/1' }, { known: false, optOut })).toMatchObject({
    allowed: false,
    scopes: { 'profile-images': { allowed: false, state: 'clear', reason: 'unknown' } },
  });
});

it('only the scopes that were asked about count', () => {
  const pages = { blockedBy: { 'W-1': '2026-01-01' }, holds: {} };
  const flags = { known: true, optOut: { scopes: { pages } } };
  const subject = 'community/x' as const;
  expect(clearanceOf({ subject }, flags).allowed).toBe(false);
  expect(clearanceOf({ subject, scopes: ['header-graphic'] }, flags).allowed).toBe(true);
});

it('a check id holds its day, is read in any case, and is never the same twice', () => {
  const ids = Array.from({ length: 1000 }, () => newCheckId('2026-11-22T10:00:00.000Z'));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect([id.slice(0, 11), readCheckId(` ${id.toLowerCase()}\n`)]).toEqual(['C-20261122-', id]);
  for (const text of ['', 'C-20261122-', '../../requests/W-1', 'C-20261122-ILOU000000']) {
    expect(readCheckId(text)).toBeUndefined();
  }
});

it.each(['member/', 'member/a b', 'member/a/b', 'Member/1', 'group/1', 'member/\u202e', `member/${'x'.repeat(129)}`])(
  '%j is no subject',
  (text) => {
    expect(readSubject(text)).toBeUndefined();
  },
);

it('the contact of a campaign is one address on one line', () => {
  expect(isContact('campaigns@site.example')).toBe(true);
  const wrong = ['', 'a', 'a@b', 'a@b.c, d@e.f', 'A <a@b.c>', 'a@b.c\n', 'a@b.c\r\nBcc: x@y.z', '"a b"@c.d', 'a@@b.c'];
  for (const text of wrong) expect([text, isContact(text)]).toEqual([text, false]);
  for (const text of ['', ' x', 'a\nb', 'x'.repeat(121)]) expect([text, isCampaignName(text)]).toEqual([text, false]);
});
