// Takes hostile mails in, one after the other, in this process and no other, and prints a JSON line for each:
// node test/shared/mail/understand-hostile-mail.ts NAME… (of hostile-mails.ts; all of them without a name).
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { automaticSign } from '../../../shared/mail/automatic.ts';
import { findNearMiss } from '../../../shared/mail/near-miss.ts';
import { parseMail } from '../../../shared/mail/parse.ts';
import { hasPhrase } from '../../../shared/mail/phrase.ts';
import { mentions } from '../../../shared/requests/mentions.ts';
import { hostileMails } from './hostile-mails.ts';

export interface Understood {
  name: string;
  /** Whether the digest covers all bytes, also those that were not read. */
  digestCoversAll: boolean;
  incomplete?: string;
  /** Of this process until now. */
  peakMb: number;
  cpuMs: number;
}

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(hostileMails)) console.log(JSON.stringify(await run(name)));

async function run(name: string): Promise<Understood> {
  const before = process.cpuUsage();
  const mail = await parseMail(Readable.from(hostileMails[name]!()));
  automaticSign(mail, 'ann@example.org');
  hasPhrase(mail.subject);
  findNearMiss(mail);
  mentions(`${mail.subject}\n${mail.text}`, 'https://site.example');
  const { user, system } = process.cpuUsage(before);
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const hash = createHash('sha256');
  for (const bytes of hostileMails[name]!()) hash.update(bytes);
  const digestCoversAll = hash.digest('hex') === mail.digest;
  return { name, digestCoversAll, incomplete: mail.incomplete, peakMb, cpuMs: Math.round((user + system) / 1000) };
}
