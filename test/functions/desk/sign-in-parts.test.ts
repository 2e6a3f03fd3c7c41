import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import { describe, expect, it, test } from 'vitest';
import { ownPath } from '../../../functions/desk/sign-in/own-path.ts';
import { type CookieKeys, seal, unseal } from '../../../functions/desk/sign-in/sealed.ts';
import { isGoingOn } from '../../../functions/desk/sign-in/session.ts';
import { staffOf } from '../../../functions/desk/sign-in/staff-of.ts';

describe('a sealed cookie', () => {
  const keys: CookieKeys = { current: 'k1', keys: { k1: 'a'.repeat(64) } };
  const value = { staff: { id: 'rita' } };

  it('gives back what was sealed, and shows nothing of it', async () => {
    const text = await seal('session', value, keys);
    expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('rita');
    expect(await unseal('session', text, keys)).toEqual(value);
  });

  it('of another purpose, of another key, damaged, or no cookie at all is worth nothing', async () => {
    const text = await seal('sign-in', value, keys);
    expect(await unseal('session', text, keys)).toBeUndefined();
    expect(await unseal('sign-in', text, { keys: { k1: 'b'.repeat(64) } })).toBeUndefined();
    const damaged = `${text.slice(0, -3)}${text.endsWith('A') ? 'BBB' : 'AAA'}`;
    for (const forged of [damaged, text.slice(0, 60), '', 'x', 'a.b.c.d.e', text.replace(/^[^.]+/, 'e30')]) {
      expect(await unseal('sign-in', forged, keys)).toBeUndefined();
    }
  });

  it('that names no key, an inherited name, or another algorithm is worth nothing', async () => {
    const own = new TextEncoder().encode('x'.repeat(32));
    for (const kid of ['', 'constructor', '__proto__', 'k2']) {
      const header = { alg: 'dir', enc: 'A256GCM', kid };
      expect(await unseal('session', await encrypted(header, own), keys)).toBeUndefined();
    }
    const weaker = await encrypted({ alg: 'dir', enc: 'A128GCM', kid: 'k1' }, own.subarray(0, 16));
    expect(await unseal('session', weaker, keys)).toBeUndefined();
  });

  it('stays good when a key is added and made current, until its own key is dropped', async () => {
    const text = await seal('session', value, keys);
    const rotated = { current: 'k2', keys: { ...keys.keys, k2: 'c'.repeat(64) } };
    expect(await unseal('session', text, rotated)).toEqual(value);
    expect(await unseal('session', await seal('session', value, rotated), rotated)).toEqual(value);
    expect(await unseal('session', text, { keys: { k2: rotated.keys.k2 } })).toBeUndefined();
  });

  const encrypted = (header: { alg: string; enc: string; kid: string }, key: Uint8Array) =>
    new CompactEncrypt(Buffer.from(JSON.stringify(value))).setProtectedHeader(header).encrypt(key);
});

describe('after the sign-in', () => {
  it.each(['/desk', '/desk/', '/desk/requests/W-0000-0000-0000-0000', '/desk?tray=spam&after=a%2Fb'])(
    'the way back may be %s',
    (path) => expect(ownPath(path)).toBe(path),
  );

  it.each([
    [undefined],
    [''],
    ['https://evil.example/desk'],
    ['//evil.example/desk'],
    ['/desk/../_local/'],
    ['/desk/..%2f..'.repeat(30)],
    ['/desk\\@evil.example'],
    ['/deskevil'],
    ['/desk@evil.example'],
    ['/preferences'],
    ['/desk/sign-in?back=/desk/sign-in'],
    ['/desk/signed-in?code=1'],
    ['/desk/sign-out'],
    ['javascript:alert(1)'],
  ])('no link leads to %s', (path) => {
    const back = ownPath(path);
    expect(new URL(back, 'https://desk.example').origin).toBe('https://desk.example');
    expect(['/desk', '/desk/@evil.example']).toContain(back);
  });
});

test('a sign-in is over after its hours, whatever is done, and after its idle minutes, when nothing is', () => {
  const limits = { hours: 8, idleMinutes: 60 };
  const minute = 60_000;
  const goesOn = (since: number, seen: number) =>
    isGoingOn({ since: -since * minute, seen: -seen * minute }, 0, limits);
  expect([goesOn(0, 0), goesOn(479, 59), goesOn(480, 0), goesOn(60, 60)]).toEqual([true, true, false, false]);
});

describe('who the claims speak of', () => {
  it("is named as Cognito does, with the desk's own groups alone", () => {
    const claims = {
      sub: 'u-1',
      name: 'Rita Reviewer',
      email: 'r@staff.example',
      'cognito:groups': ['reviewer', 'admin'],
    };
    expect(staffOf(claims)).toEqual({
      id: 'u-1',
      name: 'Rita Reviewer',
      email: 'r@staff.example',
      groups: ['reviewer'],
    });
  });

  it('is named as other issuers do, by whatever name there is', () => {
    expect(staffOf({ sub: 'u-2', email: 'o@staff.example', groups: 'officer' })).toEqual({
      ...{ id: 'u-2', name: 'o@staff.example', email: 'o@staff.example', groups: ['officer'] },
    });
    expect(staffOf({ sub: 'u-3', name: ['x'], groups: { officer: true } })).toEqual({
      ...{ id: 'u-3', name: 'u-3', email: '', groups: [] },
    });
  });

  it('has a name of one line that fits a cookie', () => {
    expect(staffOf({ sub: 'u-4', name: ` Eve\r\nSet-Cookie: x\u202e${'y'.repeat(500)}` }).name).toMatch(
      /^Eve Set-Cookie: x y{1,100}$/,
    );
  });
});
