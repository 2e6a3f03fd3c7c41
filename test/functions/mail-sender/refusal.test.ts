import { SESServiceException } from '@aws-sdk/client-ses';
import { expect, test } from 'vitest';
import { refusalOf } from '../../../functions/mail-sender/refusal.ts';

const said = (name: string, message: string, httpStatusCode = 400) =>
  new SESServiceException({
    name,
    message,
    $fault: httpStatusCode < 500 ? 'client' : 'server',
    $metadata: { httpStatusCode },
  });
const of = (error: unknown) => refusalOf(error, 'Ann@Example.org');

test('an address that SES cannot send to is refused for that recipient alone', () => {
  expect(of(said('InvalidParameterValue', "Missing final '@domain'"))).toBe('address');
  const sandbox = 'Email address is not verified. The following identities failed the check: ann@example.org';
  expect(of(said('MessageRejected', sandbox))).toBe('address');
});

test('throttling, of the second or of the day, is "not now"', () => {
  expect(of(said('Throttling', 'Maximum sending rate exceeded.'))).toBe('throttled');
  expect(of(said('Throttling', 'Daily message quota exceeded.'))).toBe('throttled');
  expect(of(said('LimitExceeded', 'Too many requests.', 429))).toBe('throttled');
});

test('an account that SES has paused is no fault of any recipient', () => {
  expect(of(said('AccountSendingPausedException', 'Email sending is disabled.'))).toBe('stopped');
  expect(of(said('ConfigurationSetSendingPausedException', 'Paused.'))).toBe('stopped');
  expect(of(said('MessageRejected', 'Sending suspended for this account. Please check the inbox.'))).toBe('stopped');
  expect(of(said('MessageRejected', 'Sending paused for this account.'))).toBe('stopped');
});

test('a sender that is not verified, and a missing grant, have to be mended and lose nobody', () => {
  const sender = 'Email address is not verified. The following identities failed the check: notices@inwriting.example';
  expect(of(said('MessageRejected', sender))).toBe('refused');
  expect(of(said('AccessDenied', 'User is not authorized to perform ses:SendRawEmail', 403))).toBe('refused');
  expect(of(said('ConfigurationSetDoesNotExist', 'Configuration set <x> does not exist.'))).toBe('refused');
});

test('where there was no connection SES has nothing; where one broke, or SES failed, nobody knows', () => {
  expect(of(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))).toBe('refused');
  expect(of(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))).toBe('unknown');
  expect(of(said('InternalFailure', 'x', 500))).toBe('unknown');
  expect(of(said('ServiceUnavailable', 'x', 503))).toBe('unknown');
});
