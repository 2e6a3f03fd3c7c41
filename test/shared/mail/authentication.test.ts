import { expect, test } from 'vitest';
import { authenticate } from '../../../shared/mail/authentication.ts';
import type { Verdicts } from '../../../shared/mail/notification.ts';

const pass: Verdicts = { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' };
const seen = (authenticationResults: string | undefined, from = ['ann@example.org'], fromFields = 1) => ({
  from,
  fromFields,
  authenticationResults,
});
const ses = (clauses: string) => `amazonses.com; ${clauses}`;
const isAuthenticated = (...args: Parameters<typeof authenticate>) => authenticate(...args).authenticated;

test('a DMARC pass for the domain in From authenticates', () => {
  const results = ses(
    'spf=pass (spfCheck: domain of example.org) client-ip=192.0.2.1; envelope-from=ann@example.org; helo=mx; dkim=pass header.i=@example.org; dmarc=pass header.from=example.org;',
  );
  expect(isAuthenticated(seen(results), 'ann@example.org', pass)).toBe(true);
});

test('a DMARC pass for another domain does not', () => {
  expect(isAuthenticated(seen(ses('dmarc=pass header.from=evil.example;')), 'x@evil.example', pass)).toBe(false);
});

test("SES's DMARC verdict FAIL vetoes whatever the header says", () => {
  const results = ses('dmarc=pass header.from=example.org;');
  expect(isAuthenticated(seen(results), 'ann@example.org', { ...pass, dmarc: 'FAIL' })).toBe(false);
});

test('two senders, or two From fields, are never authenticated', () => {
  const results = ses('dmarc=pass header.from=example.org;');
  expect(isAuthenticated(seen(results, ['ann@example.org', 'bob@example.org']), '', pass)).toBe(false);
  expect(isAuthenticated(seen(results, ['ann@example.org'], 2), '', pass)).toBe(false);
});

test('results of another server, or none, prove nothing', () => {
  expect(isAuthenticated(seen('mx.evil.example; dmarc=pass header.from=example.org'), '', pass)).toBe(false);
  expect(isAuthenticated(seen(undefined), 'ann@example.org', pass)).toBe(false);
});

test('a pass that stands in a comment, a quoted string or in the middle of a clause does not count', () => {
  for (const clauses of [
    'spf=fail (dmarc=pass header.from=example.org); dkim=none',
    'spf=fail smtp.mailfrom="a;dmarc=pass header.from=example.org;"@evil.example; dkim=none',
    'spf=fail envelope-from=x dmarc=pass header.from=example.org;',
    'spf=fail (a (nested; dmarc=pass header.from=example.org;) comment)',
  ]) {
    expect(isAuthenticated(seen(ses(clauses)), 'x@evil.example', { spf: 'FAIL' }), clauses).toBe(false);
  }
});

test('without a DMARC policy, a DKIM pass of the same organisation authenticates and another one does not', () => {
  const from = ['ann@mail.example.org'];
  expect(
    isAuthenticated(
      seen(ses('dkim=pass header.i=@example.org; dmarc=none header.from=mail.example.org'), from),
      '',
      {},
    ),
  ).toBe(true);
  expect(isAuthenticated(seen(ses('dkim=pass header.i=@amazonses.com; dmarc=none'), from), '', {})).toBe(false);
});

test('two customers of one hosting domain are not the same organisation', () => {
  expect(isAuthenticated(seen(ses('dkim=pass header.i=@evil.github.io'), ['ann@good.github.io']), '', {})).toBe(false);
});

test('without a DMARC policy, an SPF pass counts only when the envelope sender is of the same organisation', () => {
  const results = ses('spf=pass client-ip=192.0.2.1; dmarc=none');
  expect(isAuthenticated(seen(results), 'bounce@mail.example.org', { spf: 'PASS' })).toBe(true);
  expect(isAuthenticated(seen(results), 'bounce@evil.example', { spf: 'PASS' })).toBe(false);
  expect(isAuthenticated(seen(results), 'bounce@mail.example.org', { spf: 'GRAY' })).toBe(false);
});

test('two DMARC clauses are unclear, even where both pass', () => {
  const results = ses('dmarc=pass header.from=example.org; dmarc=pass header.from=evil.example');
  expect(isAuthenticated(seen(results), 'ann@example.org', {})).toBe(false);
});

test('contradicting DMARC clauses are unclear, so not authenticated', () => {
  const results = ses('dmarc=pass header.from=example.org; dmarc=fail header.from=example.org');
  expect(isAuthenticated(seen(results), 'ann@example.org', {})).toBe(false);
});
