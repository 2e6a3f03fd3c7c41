import { createHmac, timingSafeEqual } from 'node:crypto';
import { s3Error } from './s3-errors.ts';

export interface Posted {
  bucket: string;
  /** By lower-case name. */
  fields: Record<string, string>;
}

/**
 * Holds the fields of a POST against its policy (S3 API reference, "POST Policy"): not expired, every condition met,
 * and no field that the policy does not speak of. Returns the sizes that it allows. Throws as S3 does.
 */
export function checkPolicy({ bucket, fields }: Posted, now: number): { least: number; most: number } {
  const { expiration, conditions } = readPolicy(fields.policy);
  if (!(Date.parse(expiration) > now)) throw refusal('Policy expired.');
  const values: Record<string, string> = { ...fields, bucket };
  const rules = conditions.flatMap(readCondition);
  const failed = rules.find((rule) => 'field' in rule && !isMet(rule, values[rule.field] ?? ''));
  if (failed) throw refusal(`Policy Condition failed: ${failed.text}`);
  const covered = new Set(rules.map((rule) => ('field' in rule ? rule.field : '')));
  const extra = Object.keys(fields).filter((name) => !covered.has(name) && !needsNoCondition.test(name));
  if (extra.length) throw refusal(`Extra input fields: ${extra.join(', ')}`);
  const ranges = rules.filter((rule) => 'least' in rule);
  return {
    least: Math.max(0, ...ranges.map(({ least }) => least)),
    most: Math.min(largestObject, ...ranges.map(({ most }) => most)),
  };
}

/** SigV4 over the policy as it stands in the field ("Calculating a Signature" for POST). */
export function checkSignature(fields: Record<string, string>, secret: string): void {
  const [, date = '', region = '', service = '', end = ''] = (fields['x-amz-credential'] ?? '').split('/');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = [region, service, end].reduce(hmac, hmac(`AWS4${secret}`, date));
  const expected = hmac(key, fields.policy ?? '');
  const given = Buffer.from(fields['x-amz-signature'] ?? '', 'hex');
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw s3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );
}

/** 5 GB: what one PUT or POST may carry. */
const largestObject = 5 * 1024 ** 3;

const needsNoCondition = /^(policy|x-amz-signature|x-ignore-.*)$/;

interface Match {
  how: 'eq' | 'starts-with';
  field: string;
  value: string;
  text: string;
}
interface Range {
  least: number;
  most: number;
  text: string;
}

function readPolicy(policy: string | undefined): { expiration: string; conditions: unknown[] } {
  if (!policy) throw s3Error('InvalidArgument', 'Bucket POST must contain a field named "policy".');
  try {
    const { expiration, conditions } = JSON.parse(Buffer.from(policy, 'base64').toString());
    if (typeof expiration === 'string' && Array.isArray(conditions)) return { expiration, conditions };
  } catch {}
  throw s3Error('InvalidPolicyDocument', 'Invalid Policy: it is no JSON with an expiration and conditions.');
}

/** `{"field": "value"}`, `["eq" | "starts-with", "$field", "value"]` or `["content-length-range", least, most]`. */
function readCondition(condition: unknown): (Match | Range)[] {
  if (!Array.isArray(condition)) {
    return Object.entries((condition as Record<string, unknown> | null) ?? {}).map(([field, value]) =>
      matching('eq', field, String(value)),
    );
  }
  const [how, first, second] = condition;
  if (how === 'content-length-range') return [{ least: Number(first), most: Number(second), text: shown(condition) }];
  if (how === 'eq' || how === 'starts-with') return [matching(how, String(first).replace(/^\$/, ''), String(second))];
  throw s3Error('InvalidPolicyDocument', `Invalid Policy: unknown operation "${how}".`);
}

const matching = (how: Match['how'], field: string, value: string): Match => ({
  how,
  field: field.toLowerCase(),
  value,
  text: shown([how, `$${field}`, value]),
});

const shown = (condition: unknown[]): string => `[${condition.map((part) => JSON.stringify(part)).join(', ')}]`;

/** A Content-Type may be a list, all of which then have to begin so. */
function isMet({ how, field, value }: Match, given: string): boolean {
  if (how === 'eq') return given === value;
  const all = field === 'content-type' ? given.split(',') : [given];
  return all.every((one) => one.trim().startsWith(value));
}

const refusal = (why: string) => s3Error('AccessDenied', `Invalid according to Policy: ${why}`);
