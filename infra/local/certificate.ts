import { createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Key and self-signed certificate in PEM. */
export interface Certificate {
  key: string;
  cert: string;
}

/** The certificate of STARTTLS, made once and kept in the folder. Nobody trusts it, as with most mail servers' own. */
export function openCertificate(dir: string, hostname: string): Certificate {
  const file = join(dir, 'starttls.pem');
  const kept = readPem(existsSync(file) ? readFileSync(file, 'utf8') : '');
  if (kept) return kept;
  mkdirSync(dir, { recursive: true });
  const pem = makeCertificate(hostname);
  writeFileSync(file, pem, { mode: 0o600 });
  return readPem(pem)!;
}

/** Undefined for a file that a killed process wrote in part. */
function readPem(pem: string): Certificate | undefined {
  const [, key, cert] = pem.match(/^(.*END PRIVATE KEY-----\n)(.*END CERTIFICATE-----\n)$/s) ?? [];
  return key && cert ? { key, cert } : undefined;
}

/** An X.509 certificate for ten years (RFC 5280 section 4.1); Node makes keys and signatures, but no certificates. */
function makeCertificate(hostname: string): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const name = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from(hostname)))));
  const years = [0, 10].map((plus) => new Date().getUTCFullYear() + plus);
  const validity = der(0x30, ...years.map((year) => der(0x18, Buffer.from(`${year}0101000000Z`))));
  const alternative = der(0x30, oid('551d11'), der(0x04, der(0x30, der(0x82, Buffer.from(hostname)))));
  const unsigned = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey,
    der(0xa3, der(0x30, alternative)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', unsigned, privateKey));
  const cert = der(0x30, unsigned, ecdsaWithSha256, signature).toString('base64');
  const lines = cert.match(/.{1,64}/g)?.join('\n');
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return `${key}-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** Tag, length and contents (X.690 section 8.1). */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

const ecdsaWithSha256 = der(0x30, oid('2a8648ce3d040302'));
