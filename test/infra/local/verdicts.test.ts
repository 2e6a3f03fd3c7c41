import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Verdicts } from '../../../infra/local/authentication-results.ts';
import { bodyOffset } from '../../../infra/local/message-headers.ts';
import { openOfflineDns } from '../../../infra/local/offline-dns.ts';
import { type Forced, openVerdicts } from '../../../infra/local/verdicts.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** ada.example publishes a key; weak.org a policy that asks for nothing. */
const zone = {
  's1._domainkey.ada.example': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
  '_dmarc.weak.org': 'v=DMARC1; p=none',
};
const judge = openVerdicts(openOfflineDns(zone));

interface Case {
  from?: string;
  mailFrom?: string;
  remoteAddress?: string;
  helo?: string;
  forced?: Forced;
}

const verdictsOf = (
  mail: Buffer,
  { mailFrom = 'a@ada.example', remoteAddress = '127.0.0.1', helo = 'pc', forced }: Case = {},
) =>
  judge(
    { head: mail.subarray(0, bodyOffset(mail)), chunks: () => pieces(mail), mailFrom, remoteAddress, helo },
    forced,
  );

const mailFrom = (from: string, body = 'Hello\r\n') =>
  Buffer.from(`From: ${from}\r\nTo: privacy@inwriting.example\r\nSubject: s\r\n\r\n${body}`);

describe('SPF and DMARC from the offline DNS', () => {
  const own = 'a@ada.example';
  test.each<[string, Case, Partial<Verdicts>]>([
    ['a reserved domain, sent from this machine', {}, { spf: 'PASS', dmarc: 'PASS' }],
    ['the same over IPv6', { remoteAddress: '::1' }, { spf: 'PASS', dmarc: 'PASS' }],
    ['a subdomain of the envelope domain', { mailFrom: 'b@bounce.ada.example' }, { spf: 'PASS', dmarc: 'PASS' }],
    ['another machine', { remoteAddress: '192.0.2.7' }, { spf: 'FAIL', dmarc: 'FAIL', dmarcPolicy: 'reject' }],
    ['another reserved domain in the envelope', { mailFrom: 'b@eve.example' }, { spf: 'PASS', dmarc: 'FAIL' }],
    ['a bounce, judged by its HELO', { mailFrom: '', helo: 'mx.ada.example' }, { spf: 'PASS', dmarc: 'PASS' }],
    [
      'a domain without records',
      { from: 'c@somewhere.org', mailFrom: 'c@somewhere.org' },
      { spf: 'GRAY', dmarc: 'GRAY' },
    ],
    ['a policy that asks for nothing', { from: 'c@weak.org', mailFrom: 'c@weak.org' }, { spf: 'GRAY', dmarc: 'GRAY' }],
    ['two authors in different domains', { from: `${own}, b@eve.example` }, { spf: 'PASS', dmarc: 'GRAY' }],
    ['a From field without an address', { from: 'nobody' }, { spf: 'PASS', dmarc: 'GRAY' }],
  ])('%s', async (_what, { from = own, ...client }, expected) => {
    expect(await verdictsOf(mailFrom(from), client)).toMatchObject({ dkim: 'GRAY', ...expected });
  });

  test('without a policy that failed there is no dmarcPolicy', async () => {
    expect(await verdictsOf(mailFrom('c@weak.org'), { mailFrom: 'c@weak.org' })).not.toHaveProperty('dmarcPolicy');
  });
});

describe('DKIM', () => {
  let signed: Buffer;
  beforeAll(async () => {
    const mail = mailFrom('a@ada.example');
    const signature = { signingDomain: 'ada.example', selector: 's1', privateKey };
    const { signatures } = await dkimSign(mail, { ...signature, signatureData: [signature] });
    signed = Buffer.concat([Buffer.from(signatures), mail]);
  });

  test('a signature that verifies passes, and DMARC with it from any machine', async () => {
    const verdicts = await verdictsOf(signed, { remoteAddress: '192.0.2.7' });
    expect(verdicts).toMatchObject({ spf: 'FAIL', dkim: 'PASS', dmarc: 'PASS' });
    expect(verdicts.authenticationResults).toContain('dkim=pass header.i=@ada.example;');
  });

  test('a changed body fails, though mailauth calls it neutral', async () => {
    const verdicts = await verdictsOf(Buffer.concat([signed, Buffer.from('and more\r\n')]), {
      remoteAddress: '192.0.2.7',
    });
    expect(verdicts).toMatchObject({ dkim: 'FAIL', dmarc: 'FAIL' });
    expect(verdicts.authenticationResults).toContain('dkim=fail header.i=@ada.example;');
  });

  test('a signature whose key is nowhere fails', async () => {
    const elsewhere = Buffer.from(signed.toString('latin1').replace('s=s1', 's=s2'), 'latin1');
    expect(await verdictsOf(elsewhere)).toMatchObject({ dkim: 'FAIL' });
  });

  test('a header section without end is not given to the verifier', async () => {
    const endless = Buffer.concat([
      signed.subarray(0, bodyOffset(signed) - 2),
      Buffer.from('X-A: b\r\n'.repeat(10_000)),
    ]);
    expect(await verdictsOf(endless)).toMatchObject({ dkim: 'FAIL' });
  });
});

describe('the standard test texts', () => {
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
  const encoded = Buffer.from(`${eicar}\n`).toString('base64').replace(/.{76}/, '$&\r\n');
  const filler = 'x'.repeat(999);
  test.each([
    ['GTUBE is spam', 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X', 'FAIL', 'PASS'],
    ['EICAR is a virus', eicar, 'PASS', 'FAIL'],
    ['EICAR as an attachment is a virus', encoded, 'PASS', 'FAIL'],
    ['anything else is neither', 'hello', 'PASS', 'PASS'],
  ])('%s', async (_what, text, spam, virus) => {
    expect(await verdictsOf(mailFrom('a@ada.example', filler + text + filler))).toMatchObject({ spam, virus });
  });
});

test('the header fields read as those of SES', async () => {
  const verdicts = await verdictsOf(mailFrom('a@ada.example'));
  const result =
    'pass (spfCheck: domain of ada.example designates 127.0.0.1 as permitted sender) client-ip=127.0.0.1; envelope-from=a@ada.example; helo=pc;';
  expect(verdicts.receivedSpf).toBe(result);
  expect(verdicts.authenticationResults.split('\r\n ')).toEqual([
    'amazonses.com;',
    `spf=${result}`,
    'dkim=none;',
    'dmarc=pass header.from=ada.example;',
  ]);
});

test('a client cannot write a clause of its own into the results', async () => {
  const helo = 'x); dmarc=pass header.from=bank.example;\r\n dkim=pass';
  const { authenticationResults } = await verdictsOf(mailFrom('a@ada.example'), { helo, remoteAddress: '192.0.2.7' });
  const clauses = authenticationResults.split(';').map((clause) => clause.trim());
  expect(clauses.filter((clause) => /^(dmarc|dkim)=/.test(clause))).toEqual([
    'dkim=none',
    'dmarc=fail header.from=ada.example',
  ]);
});

test('verdicts can be pretended, and the results say the same', async () => {
  const forced: Forced = { spf: 'FAIL', dkim: 'PASS', dmarc: 'FAIL', spam: 'GRAY', virus: 'PROCESSING_FAILED' };
  const verdicts = await verdictsOf(mailFrom('a@ada.example'), { forced });
  expect(verdicts).toMatchObject({ ...forced, dmarcPolicy: 'reject' });
  expect(verdicts.authenticationResults).toMatch(
    /spf=fail .*dkim=pass header.i=@ada.example;.*dmarc=fail header.from=ada.example;/s,
  );
});

/** In pieces of 100 bytes, so that nothing depends on where a chunk ends. */
function* pieces(mail: Buffer): Generator<Buffer> {
  for (let start = 0; start < mail.length; start += 100) yield mail.subarray(start, start + 100);
}
