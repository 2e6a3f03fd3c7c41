import { describe, expect, it, test } from 'vitest';
import { judge, largest, tidyName } from '../../../functions/desk/upload/offer.ts';
import { faultsOf, readTyped } from '../../../functions/desk/upload/typed.ts';

const nonce = '9d2f6f0e-4c1a-4b9e-8f55-7f2f0f1c2a3b';
const at = '2026-11-22T12:00:00.000Z';

describe('which files may be sent', () => {
  it.each([
    ['fax.tif', 'image/tiff', 'image/tiff'],
    ['scan.PDF', '', 'application/pdf'],
    ['scan.pdf', 'application/octet-stream', 'application/pdf'],
    ['photo', 'image/jpg', 'image/jpeg'],
    ['IMG_1.HEIC', '', 'image/heic'],
    // What it really is, is found out when it is read.
    ['setup.exe', 'application/pdf', 'application/pdf'],
  ])('%s told as "%s" is stored as %s', (name, type, contentType) => {
    expect(judge({ name, type, size: 1 })).toEqual({ contentType });
  });

  it.each([
    ['letter.docx', 'application/msword', 100, '"letter.docx" is no PDF, TIFF, JPEG, PNG or HEIC file'],
    ['page.pdf', 'text/html', 100, 'is no PDF'],
    ['setup.exe', '', 100, 'is no PDF'],
    ['empty.pdf', 'application/pdf', 0, '"empty.pdf" is empty (0 bytes)'],
    ['big.pdf', 'application/pdf', largest + 1, '"big.pdf" has 40.1 MB, and at most 40 MB can be sent'],
  ])('%s of type "%s" with %d bytes is not taken, with what to do instead', (name, type, size, sentence) => {
    expect(judge({ name, type, size })).toEqual({ refused: expect.stringContaining(sentence) });
  });

  it('the largest is taken', () => {
    expect(judge({ name: 'a.pdf', type: '', size: largest })).toHaveProperty('contentType');
  });
});

it.each([
  ['a "quoted"\r\nname.pdf', 'a "quoted" name.pdf'],
  ['\u0000\u2028', 'a file without a name'],
  ['gpj.\u202Eexe', 'gpj. exe'],
  ['Brief 📠.tif', 'Brief 📠.tif'],
  ['\uD83D.tif', '\uFFFD.tif'],
])('the name %j is kept as %j', (name, kept) => {
  expect(tidyName(name)).toBe(kept);
});

it('a name of 500 characters is cut in its middle, so that its ending still tells what it is', () => {
  const name = tidyName(`${'😀'.repeat(500)} page 12.tiff`);
  expect([...name]).toHaveLength(200);
  expect(name).toMatch(/…page 12\.tiff$/u);
});

describe('what has to be mended', () => {
  const file = (n: string, folder = nonce) =>
    JSON.stringify({ key: `scans/uploads/${folder}/${n}`, name: n, bytes: 1 });
  const filled = (changes: Record<string, string> = {}, files = [file('a')]) => {
    const form = new URLSearchParams({ nonce, channel: 'letter', writtenOn: '2026-11-20', ...changes });
    for (const one of files) form.append('file', one);
    return faultsOf(readTyped(form), at);
  };

  test('nothing in a form that is filled in', () => {
    expect(filled({ who: 'anna.weber', words: 'Came with the second post.' })).toEqual([]);
    expect(filled({ writtenOn: '2026-11-23' })).toEqual([]);
    expect(filled({ writtenOn: '', channel: 'fax' })).toEqual([]);
  });

  it.each<[string, Record<string, string>, string[] | undefined, string, string]>([
    ['no file', {}, [], 'files', 'There is no file yet'],
    ['21 files', {}, Array.from({ length: 21 }, (_, n) => file(`${n}`)), 'files', 'These are 21 files, and 20'],
    ['a file of another form', {}, [file('a', 'another-form-entirely')], 'files', 'does not belong to this form'],
    ['a file outside the folder', {}, ['{"key":"scans/inbox/1","name":"a","bytes":1}'], 'files', 'does not belong'],
    ['a file twice', {}, [file('a'), file('a')], 'files', 'does not belong'],
    ['a file that is no JSON', {}, ['{'], 'files', 'does not belong'],
    ['a nonce that climbs out', { nonce: '../../inbox/aaaaaaaaaaa' }, undefined, 'files', 'does not belong'],
    ['no way that it came', { channel: 'pigeon' }, undefined, 'channel', 'Say how it came'],
    ['no day of a letter', { writtenOn: '' }, undefined, 'writtenOn', 'Enter the day of the postmark'],
    ['a day that there is not', { writtenOn: '2026-02-30' }, undefined, 'writtenOn', '"2026-02-30" is no date'],
    ['a day to come', { writtenOn: '2026-11-25' }, undefined, 'writtenOn', 'has not come yet'],
    ['a day long ago', { writtenOn: '2016-11-01' }, undefined, 'writtenOn', 'more than ten years ago'],
    ['a long note', { words: 'x'.repeat(1_701) }, undefined, 'words', 'This has 1701 characters'],
    ['a long name', { who: 'x'.repeat(201) }, undefined, 'who', 'This has 201 characters'],
  ])('%s is told at its field', (_, changes, files, field, sentence) => {
    expect(filled(changes, files)).toEqual([{ field, sentence: expect.stringContaining(sentence) }]);
  });
});
