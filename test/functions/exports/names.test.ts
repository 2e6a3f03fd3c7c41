import { expect, test } from 'vitest';
import { nameOf, namer } from '../../../functions/exports/dossier/names.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';

const request = {
  decision: { state: 'review' },
  scans: [
    { scanId: '1', name: 'Letter of Ann.pdf', bytes: 1, state: 'read', type: 'PDF', pagesRead: 1 },
    { scanId: '2', name: 'invoice.pdf', bytes: 1, state: 'unreadable', type: 'EXE', pagesRead: 0 },
  ],
} as unknown as WrittenRequest;

test('a path that no system minds stays as it is', () => {
  const unique = namer();
  expect(unique('evidence/scans/1/pages/0001.png')).toBe('evidence/scans/1/pages/0001.png');
});

test.each([
  ['../../etc/passwd', '_/_/etc/passwd'],
  ['a/../b', 'a/_/b'],
  ['/absolute', '_/absolute'],
  ['C:\\boot.ini', 'C__boot.ini'],
  ['history/0001-a\nb.json', 'history/0001-a_b.json'],
  ['con.txt', '_con.txt'],
  ['name. ', 'name._'],
  ['.hidden', '_hidden'],
  ['ünï–cödé', '_n__c_d_'],
])('a hostile or awkward name is made plain: %s', (path, plain) => {
  expect(namer()(path)).toBe(plain);
});

test('two names that differ in case alone, or became the same, are told apart', () => {
  const unique = namer();
  expect(['a.txt', 'A.txt', 'ä.txt', 'ö.txt'].map(unique)).toEqual(['a.txt', 'A-2.txt', '_.txt', '_-2.txt']);
});

test('a mail that the virus scan did not pass gets a name that nothing opens by itself', () => {
  const quarantined = { ...request, decision: { state: 'quarantined' } } as WrittenRequest;
  expect(nameOf('mail.eml', 'message/rfc822', request)).toEqual({ path: 'mail.eml', what: 'The mail as it arrived' });
  expect(nameOf('mail.eml', 'message/rfc822', quarantined)).toMatchObject({
    path: 'mail.eml.quarantined',
    dangerous: true,
  });
});

test('a scan gets the ending of what it is, and what is no document is named as such', () => {
  expect(nameOf('scans/1/original', 'application/octet-stream', request)).toMatchObject({
    path: 'scans/1/original.pdf',
    what: 'Scan 1 as it came: Letter of Ann.pdf',
    dangerous: false,
  });
  expect(nameOf('scans/2/original', 'application/octet-stream', request)).toMatchObject({
    path: 'scans/2/original.bin',
    dangerous: true,
  });
  expect(nameOf('scans/1/pages/0012', 'image/png', request)).toMatchObject({
    what: 'Page 12 of scan 1 as staff see it',
  });
});
