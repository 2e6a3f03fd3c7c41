import { randomUUID } from 'node:crypto';
import addressparser from 'nodemailer/lib/addressparser/index.js';
import type { SentMail } from './mailbox.ts';
import { bodyOffset, type Field, readFields, withoutFields } from './message-headers.ts';
import type { ConfigurationSetPlan, IdentityPlan } from './plan.ts';

/** What SendRawEmail was asked. */
export interface RawEmail {
  raw: Buffer;
  /** The address that bounces would go to; the one in From where it is not given. */
  source?: string;
  /** The recipients; those of To, Cc and Bcc where there are none. */
  destinations: string[];
  configurationSet?: string;
  tags: Record<string, string>;
}

export interface Account {
  region: string;
  identities: IdentityPlan[];
  configurationSets: ConfigurationSetPlan[];
}

/** An error of the SES API, with AWS's code and its usual words. */
export interface SesError extends Error {
  code: string;
}

export const sesError = (code: string, message: string): SesError => Object.assign(new Error(message), { code });

/** SendRawEmail, from the Amazon SES Developer Guide, "Service quotas". */
const sizeLimit = 10 * 1024 * 1024;
const recipientLimit = 50;

export interface Prepared {
  mail: SentMail;
  /** The message as it leaves. */
  raw: Buffer;
  /** Its header section as it came. */
  fields: Field[];
}

/** The message as SES sends it on, or the error that SES answers with. */
export function prepare(email: RawEmail, account: Account, now: number): Prepared {
  const { raw, configurationSet, tags } = email;
  if (raw.length > sizeLimit) throw invalid(`Message length is more than ${sizeLimit} bytes long: '${raw.length}'.`);
  const head = raw.subarray(0, bodyOffset(raw));
  const fields = readFields(head);
  const [from = '', ...others] = addressesIn(fields, ['from']);
  if (!from || others.length) throw invalid("Missing required header 'From', or it has more than one address.");
  const to = email.destinations.length ? email.destinations : addressesIn(fields, ['to', 'cc', 'bcc']);
  refuseRecipients(to);
  refuseTags(tags);
  refuseUnverified([from, ...(email.source ? [email.source] : [])], account);
  if (configurationSet && !account.configurationSets.some(({ name }) => name === configurationSet)) {
    throw sesError('ConfigurationSetDoesNotExist', `Configuration set <${configurationSet}> does not exist.`);
  }
  const id = newId(now);
  const subject = fields.find(({ name }) => name.toLowerCase() === 'subject')?.value ?? '';
  const mail = { id, at: new Date(now).toISOString(), from, to, subject, tags, configurationSet };
  return { mail, raw: Buffer.concat([rewrite(head, id, account.region, now), raw.subarray(head.length)]), fields };
}

/** Addresses of all fields with these names, in order, groups flattened. */
export function addressesIn(fields: Field[], names: string[]): string[] {
  return fields
    .filter(({ name }) => names.includes(name.toLowerCase()))
    .flatMap(({ value }) => addressparser(value, { flatten: true }).map(({ address }) => address))
    .filter(Boolean);
}

/** The identity that an address belongs to: its domain, or one above it. */
export function identityOf(address: string, identities: IdentityPlan[]): IdentityPlan | undefined {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return identities.find((identity) => `.${domain}`.endsWith(`.${identity.domain.toLowerCase()}`));
}

function refuseRecipients(to: string[]): void {
  if (!to.length) throw invalid('Missing required recipient: neither Destinations nor To, Cc or Bcc has one.');
  if (to.length > recipientLimit) throw invalid(`Recipient count exceeds ${recipientLimit}.`);
  if (!to.every((address) => /^[^\s@]+@[^\s@]+$/.test(addressOf(address)))) throw invalid("Missing final '@domain'");
}

/** API reference, MessageTag. */
function refuseTags(tags: Record<string, string>): void {
  const wrong = Object.entries(tags)
    .flat()
    .find((text) => !/^[A-Za-z0-9_-]{1,256}$/.test(text));
  if (wrong === undefined) return;
  throw invalid(`Invalid tag <${wrong}>: only letters, digits, '_' and '-' are allowed, 256 at most.`);
}

/** Destinations may carry a display name. */
export const addressOf = (text: string) => addressparser(text, { flatten: true })[0]?.address ?? '';

function refuseUnverified(addresses: string[], { identities, region }: Account): void {
  const failed = addresses.filter((address) => !identityOf(addressOf(address), identities));
  if (!failed.length) return;
  const where = `The following identities failed the check in region ${region.toUpperCase()}`;
  throw sesError('MessageRejected', `Email address is not verified. ${where}: ${failed.join(', ')}`);
}

const invalid = (message: string) => sesError('InvalidParameterValue', message);

/** SES puts its own Message-ID and Date, whatever the sender wrote, and takes Bcc out. */
function rewrite(head: Buffer, id: string, region: string, now: number): Buffer {
  const host = region === 'us-east-1' ? 'email' : region;
  const date = new Date(now).toUTCString().replace('GMT', '+0000');
  const own = `Message-ID: <${id}@${host}.amazonses.com>\r\nDate: ${date}\r\n\r\n`;
  return Buffer.concat([withoutFields(head, ['message-id', 'date', 'bcc', 'return-path']), Buffer.from(own)]);
}

/** As in `0100018c3f6d7e3a-1b2c3d4e-5f60-7a8b-9c0d-1e2f3a4b5c6d-000000`. */
const newId = (now: number) => `0100${now.toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
