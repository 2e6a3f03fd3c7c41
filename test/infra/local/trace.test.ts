import { expect, it } from 'vitest';
import { openTrace, type Passage } from '../../../infra/local/trace.ts';

const passage = (id: number): Passage => ({ kind: 'mail', at: '2026-01-01T00:00:00.000Z', what: 'sent', id: `${id}` });

it('the last 2,000 events are kept, oldest first', () => {
  const trace = openTrace();
  for (let id = 0; id < 4_500; id += 1) trace.add(passage(id));
  const ids = trace.recent().map((event) => Number((event as Passage).id));
  expect(ids).toEqual(Array.from({ length: 2_000 }, (_, index) => 2_500 + index));
});

it('a subscriber hears every event in order, until it has had enough', async () => {
  const trace = openTrace();
  const heard: unknown[] = [];
  const end = trace.subscribe((event) => heard.push(event));
  for (const id of [1, 2, 3]) trace.add(passage(id));
  await new Promise(setImmediate);
  end();
  trace.add(passage(4));
  await new Promise(setImmediate);
  expect(heard).toEqual([1, 2, 3].map(passage));
});
