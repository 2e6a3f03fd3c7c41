import { expect, test } from 'vitest';
import { readSendingEvent } from '../../../functions/delivery-feedback/sending-event.ts';

const at = '2030-01-01T00:00:00.000Z';
const read = (eventType: string, detail: object = {}) =>
  readSendingEvent(
    JSON.stringify({ eventType, mail: { timestamp: at, tags: { delivery: ['N-1-00_m1'] } }, ...detail }),
  );

test.each(['General', 'NoEmail', 'Suppressed', 'OnAccountSuppressionList'])('a permanent bounce (%s) is one', (sub) => {
  const bounce = { bounceType: 'Permanent', bounceSubType: sub, timestamp: at };
  expect(read('Bounce', { bounce })).toEqual({
    delivery: 'N-1-00_m1',
    flag: 'bouncedAt',
    at,
    detail: `Permanent ${sub}`,
  });
});

test.each(['Transient', 'Undetermined'])('a bounce that is %s is a delay', (bounceType) => {
  const bounce = { bounceType, bounceSubType: 'MailboxFull', timestamp: at };
  expect(read('Bounce', { bounce })?.flag).toBe('delayedAt');
});

test('a complaint of a person is one, its opposite is nothing, and an old one is an address that takes no mail', () => {
  const complaint = { timestamp: at, complaintFeedbackType: 'abuse', complaintSubType: null };
  expect(read('Complaint', { complaint })).toMatchObject({ flag: 'complainedAt', detail: 'abuse' });
  expect(read('Complaint', { complaint: { timestamp: at } })).toMatchObject({ flag: 'complainedAt' });
  expect(read('Complaint', { complaint: { ...complaint, complaintFeedbackType: 'not-spam' } })).toBeUndefined();
  const listed = { timestamp: at, complaintSubType: 'OnAccountSuppressionList' };
  expect(read('Complaint', { complaint: listed })).toMatchObject({ flag: 'bouncedAt' });
});

test('the test of a topic, other events and mails without our tag say nothing', () => {
  expect(readSendingEvent('Successfully validated SNS topic for Amazon SES event publishing.')).toBeUndefined();
  expect(read('Open', { open: {} })).toBeUndefined();
  expect(read('constructor')).toBeUndefined();
  expect(readSendingEvent(JSON.stringify({ eventType: 'Send', mail: { timestamp: at, tags: {} } }))).toBeUndefined();
});
