import { expect, test } from 'vitest';
import { scansIn } from '../../../shared/requests/scan-attachments.ts';

const attachment = (filename: string | undefined, contentType: string, size: number, inline = false) => ({
  filename,
  contentType,
  size,
  inline,
});
const names = (...args: Parameters<typeof scansIn>) => scansIn(...args).map(({ name }) => name);

test('paper is what is called so by type or name, and is larger than a logo', () => {
  const all = [
    attachment('letter.pdf', 'application/octet-stream', 30_000),
    attachment('IMG_1.HEIC', 'image/heic', 30_000),
    attachment('scan', 'image/tiff', 30_000),
    attachment('logo.png', 'image/png', 5_000),
    attachment('photo.jpg', 'image/jpeg', 30_000, true),
    attachment('table.xlsx', 'application/vnd.ms-excel', 30_000),
  ];
  expect(names(all, 'privacy')).toEqual(['letter.pdf', 'IMG_1.HEIC', 'scan']);
});

test('a fax may be small and of any type, since what it is shows when it is opened', () => {
  const all = [
    attachment('fax.tif', 'image/tiff', 4_000),
    attachment('fax', 'application/octet-stream', 4_000),
    attachment('logo.gif', 'text/html', 4_000),
    attachment('logo.png', 'image/png', 4_000, true),
  ];
  expect(names(all, 'fax')).toEqual(['fax.tif', 'fax']);
});

test('each has its number, its place in the mail, and a name that people can read', () => {
  const all = [attachment('a.txt', 'text/plain', 9), attachment(undefined, 'image/tiff', 30_000)];
  expect(scansIn(all, 'privacy', { after: 2 })).toEqual([
    { scanId: '3', name: 'file 2', bytes: 30_000, state: 'waiting', pagesRead: 0, from: { attachment: 1 } },
  ]);
});

test('of a hundred attachments twenty are read', () => {
  const many = Array.from({ length: 100 }, () => attachment('p.jpg', 'image/jpeg', 30_000));
  expect(scansIn(many, 'privacy')).toHaveLength(20);
  expect(scansIn(many, 'privacy', { after: 25 })).toHaveLength(0);
});
