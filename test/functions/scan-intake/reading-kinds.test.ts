import { expect, test } from 'vitest';
import { kindOf } from '../../../functions/scan-intake/reading/kinds.ts';

const starting = (...parts: (string | number)[]): Buffer =>
  Buffer.concat([
    ...parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'latin1'))),
    Buffer.alloc(64),
  ]);

test.each([
  ['PDF', starting('%PDF-1.7\n')],
  ['PDF', starting('mail gateways put lines before it\r\n', '%PDF-1.4\n')],
  ['TIFF', starting('II', 42, 0)],
  ['TIFF', starting('MM', 0, 42)],
  ['JPEG', starting(0xff, 0xd8, 0xff, 0xe1)],
  ['PNG', starting(0x89, 'PNG\r\n', 0x1a, '\n')],
])('a %s is known by its first bytes', (type, bytes) => {
  expect(kindOf(bytes)).toBe(type);
});

test.each([
  ['an empty file', Buffer.alloc(0), /empty \(0 bytes\)/],
  ['a program called letter.pdf', starting('MZ', 0x90, 0, '%PDF-1.4'), /a Windows program.*do not open it/],
  ['a HEIC photo', starting(0, 0, 0, 24, 'ftypheic'), /HEIC.*Export it as JPEG or PDF/],
  ['a HEIC photo of the mif1 brand', starting(0, 0, 0, 24, 'ftypmif1'), /HEIC/],
  ['a video', starting(0, 0, 0, 24, 'ftypmp42'), /a video.*PDF, TIFF, JPEG or PNG/],
  ['a Word document', starting('PK', 3, 4, '....word/document.xml'), /a Word document.*Print it to PDF/],
  [
    'an OpenDocument file',
    starting('PK', 3, 4, 'mimetypeapplication/vnd.oasis.opendocument.text'),
    /OpenDocument.*Print it to PDF/,
  ],
  ['a ZIP archive', starting('PK', 3, 4, 'holiday.jpg'), /a ZIP archive.*Unpack it/],
  ['a web page', Buffer.from('\n<!DOCTYPE html><p>Remove me</p>'), /a web page/],
  ['a plain text file', Buffer.from('REMOVE FROM MARKETING MATERIALS\n'), /a plain text file.*mail/],
  ['a plain text file in another script', Buffer.from('Пожалуйста, уберите мои фотографии\n'), /a plain text file/],
  ['bytes of no kind', Buffer.from([1, 2, 3, 4, 0, 0, 255, 254]), /no known type/],
  ['41 MB', Buffer.concat([starting('%PDF-1.7'), Buffer.alloc(41 * 1024 * 1024)]), /has 42 MB; up to 40 MB/],
])('%s is refused with a sentence that says what to do', (_, bytes, sentence) => {
  const kind = kindOf(bytes);
  expect(kind).toEqual(expect.objectContaining({ problem: expect.stringMatching(sentence) }));
});
