import { expect, test } from 'vitest';
import { runEach } from '../../../functions/deadlines/run-each.ts';

test('what one part of the hour throws keeps no other from running, and one sentence names all that failed', async () => {
  const ran: string[] = [];
  const parts = {
    recalls: async () => {
      throw new Error('throttled');
    },
    digest: async (at: string) => void ran.push(`digest ${at}`),
    holds: async () => 2,
    figures: async (at: string) => void ran.push(`figures ${at}`),
    none: async () => 0,
  };
  await expect(runEach(parts, 'now')).rejects.toThrow(
    'Failed in this hour: recalls, holds (2 requests); the next run tries again.',
  );
  expect(ran).toEqual(['digest now', 'figures now']);
});

test('an hour in which all went well ends in silence', async () => {
  await expect(runEach({ digest: async () => undefined, holds: async () => 0 }, 'now')).resolves.toBeUndefined();
});
