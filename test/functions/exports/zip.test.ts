import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openZip } from '../../../functions/exports/zip.ts';
import { readZip } from './read-zip.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = '2026-03-02T10:20:30Z';

async function packed(file: string, reversed = false): Promise<Buffer> {
  const path = join(folder, file);
  const zip = openZip(path);
  const files: [string, Readable | string][] = [
    ['a/first.txt', 'first'],
    ['page.png', Readable.from([Buffer.from('one '), Buffer.from('two')])],
    ['empty', ''],
  ];
  for (const [name, content] of reversed ? files.reverse() : files) await zip.add(name, content, at);
  await zip.close();
  return readFileSync(path);
}

test('what goes in comes out, and the same files make the same bytes', async () => {
  const zip = await packed('one.zip');
  expect([...readZip(zip)].map(([path, content]) => [path, content.toString()])).toEqual([
    ['a/first.txt', 'first'],
    ['page.png', 'one two'],
    ['empty', ''],
  ]);
  expect(zip.equals(await packed('two.zip'))).toBe(true);
});

test('each file is told with its size and its SHA-256', async () => {
  const zip = openZip(join(folder, 'sums.zip'));
  expect(await zip.add('abc', 'abc', at)).toEqual({
    path: 'abc',
    bytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
  await zip.close();
});

test('a file whose stream breaks off ends the work with its error', async () => {
  const zip = openZip(join(folder, 'broken.zip'));
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('the connection was lost');
    })(),
  );
  await expect(zip.add('half', broken, at)).rejects.toThrow('the connection was lost');
  await zip.close(true);
});

test('a full disk ends the work with its error, however much is still to come', async () => {
  const zip = openZip('/dev/full');
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(65_536, Math.random());
    })(),
  );
  await expect(zip.add('endless.png', endless, at)).rejects.toThrow('ENOSPC');
  await zip.close(true);
});
