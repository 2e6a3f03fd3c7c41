import { expect, test } from 'vitest';
import { admit, type Sent } from '../../../shared/deliveries/limits.ts';

const at = (time: string) => `2026-11-22T${time}:00.000Z`;
const sent = (batch: string, time: string): Sent => ({ batch, delivery: 'arrival-received-0', at: at(time) });
const key = (batch: string, delivery = 'arrival-received-0') => ({ batch, delivery });

test('one answer to an address about a request within an hour', () => {
  expect(admit([sent('W-1', '10:00')], key('W-1', 'reply-1-received-0'), at('10:59'))).toEqual({
    refused: expect.stringMatching(/less than an hour/),
  });
  expect(admit([sent('W-1', '10:00')], key('W-1', 'reply-1-received-0'), at('11:00'))).toHaveProperty('sent');
});

test('five answers to an address within a day, over all requests', () => {
  const five = ['08:00', '09:00', '10:00', '11:00', '12:00'].map((time, place) => sent(`W-${place}`, time));
  expect(admit(five, key('W-9'), at('13:00'))).toEqual({ refused: expect.stringMatching(/within a day/) });
  expect(admit(five, key('W-9'), '2026-11-23T08:00:00.000Z')).toHaveProperty('sent');
});

test('twenty strangers of a domain within a day', () => {
  const twenty = Array.from({ length: 20 }, (_, place) => sent(`W-${place}`, '10:00'));
  expect(admit(twenty.slice(1), key('W-99'), at('13:00'), 20)).toHaveProperty('sent');
  expect(admit(twenty, key('W-99'), at('13:00'), 20)).toEqual({ refused: expect.stringMatching(/20 answers/) });
});

test('the same answer tried again is let through and counted once', () => {
  const before = [sent('W-1', '10:00')];
  expect(admit(before, key('W-1'), at('10:01'))).toEqual({ sent: before });
});
