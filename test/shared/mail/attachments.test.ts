import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { expect, test } from 'vitest';
import { eachAttachment } from '../../../shared/mail/attachments.ts';
import { parseMail } from '../../../shared/mail/parse.ts';

const files = [
  { filename: 'a.pdf', content: randomBytes(50_000) },
  { filename: 'b.tif', content: randomBytes(3_000_000) },
  { filename: 'c.png', content: randomBytes(10) },
  { filename: 'd.jpg', content: Buffer.alloc(0) },
];
const raw = await new MailComposer({ from: 'a@example.org', subject: 'x', text: 'Hello', attachments: files })
  .compile()
  .build();

const inPieces = (bytes: Buffer) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / 9_999) }, (_, n) => bytes.subarray(n * 9_999, (n + 1) * 9_999)),
  );

async function taken(bytes: Buffer, places: number[]): Promise<Map<number, Buffer>> {
  const found = new Map<number, Buffer>();
  let open = 0;
  await eachAttachment(
    inPieces(bytes),
    (place) => places.includes(place),
    async (place, content) => {
      open += 1;
      expect(open).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      found.set(place, content);
      open -= 1;
    },
  );
  return found;
}

test('attachments come out byte for byte, one after another, at the places that parseMail tells', async () => {
  const { attachments } = await parseMail(inPieces(raw));
  expect(attachments.map(({ filename }) => filename)).toEqual(files.map(({ filename }) => filename));
  const found = await taken(raw, [0, 1, 3]);
  expect([...found.keys()]).toEqual([0, 1, 3]);
  for (const [place, bytes] of found) expect(bytes.equals(files[place]!.content)).toBe(true);
});

test('a mail that ends in the middle of a file gives what is there', async () => {
  const found = await taken(raw.subarray(0, 1_000_000), [0, 1]);
  expect(found.get(0)!.equals(files[0]!.content)).toBe(true);
  expect(found.get(1)!.length).toBeLessThan(3_000_000);
});

test('what goes wrong while a file is kept reaches the caller', async () => {
  const keeping = eachAttachment(
    inPieces(raw),
    () => true,
    async () => {
      throw new Error('The disk is full.');
    },
  );
  await expect(keeping).rejects.toThrow('The disk is full.');
});
