import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleFunctions, functionNames } from '../../infra/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'inwriting-bundle-'));
let first: string;
let second: string;

beforeAll(async () => {
  first = await bundleFunctions(join(folder, 'first'));
  second = await bundleFunctions(join(folder, 'somewhere', 'else'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(functionNames())('the bundle of %s has the same bytes wherever and whenever it is made', (name) => {
  expect(hashOf(join(first, name, 'index.js'))).toBe(hashOf(join(second, name, 'index.js')));
});

test('a bundle is CommonJS wherever it lies, and exports the handler that the template names', () => {
  const { handler } = createRequire(import.meta.url)(join(first, 'public-site', 'index.js'));
  expect(handler).toBeTypeOf('function');
});

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
