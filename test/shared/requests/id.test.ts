import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idBytes, idOfBytes, requestIds } from '../../../shared/requests/id.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

test('an arrival has the same three ids each time, and they differ', () => {
  const ids = requestIds(hash('a mail'));
  expect(requestIds(hash('a mail'))).toEqual(ids);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^W(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
});

test('an id and its bytes are the same thing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
      expect(idBytes(idOfBytes(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
});
