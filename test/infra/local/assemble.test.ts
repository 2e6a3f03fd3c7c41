import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { hashOfInputs } from '../../../infra/local/assemble.ts';

const folder = mkdtempSync(join(tmpdir(), 'in-writing-inputs-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const project = {
  'functions/mail/handler.ts': 'export const handler = 1',
  'functions/mail/letter.txt': 'Dear',
  'infra/constructs/mail.ts': '',
  'infra/local/main.ts': '',
  'shared/env.ts': '',
  'package-lock.json': '{}',
  'node_modules/.package-lock.json': '{}',
};

it.each(Object.keys(project).filter((file) => file !== 'infra/local/main.ts'))(
  'a change of %s makes a new assembly',
  (file) => {
    expect(hashWith({ [file]: 'changed' })).not.toBe(hashWith({}));
  },
);

it('a new file and a file of another name make a new assembly', () => {
  expect(hashWith({ 'functions/mail/other.ts': '' })).not.toBe(hashWith({}));
  expect(hashWith({ 'shared/a.ts': 'x' })).not.toBe(hashWith({ 'shared/b.ts': 'x' }));
});

it('the same inputs, and changes of the local stack itself, make none', () => {
  expect(hashWith({})).toBe(hashWith({}));
  expect(hashWith({ 'infra/local/main.ts': 'changed' })).toBe(hashWith({}));
});

function hashWith(changes: Record<string, string>): string {
  rmSync(folder, { recursive: true, force: true });
  for (const [file, content] of Object.entries({ ...project, ...changes })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return hashOfInputs(folder);
}
