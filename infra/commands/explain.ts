import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { authenticate } from '../../shared/mail/authentication.ts';
import type { ReceivedNotification, Verdict } from '../../shared/mail/notification.ts';
import { type InboundMail, parseMail } from '../../shared/mail/parse.ts';
import { canonicalAddress } from '../../shared/members/address.ts';
import { openCsv } from '../../shared/members/csv.ts';
import { addressesOf, type Member } from '../../shared/members/member.ts';
import { decide } from '../../shared/requests/decide.ts';

/**
 * `npm run explain -- [--members F.csv] [--verdict pass|gray|fail] [--to ADDRESS] FILE.eml…`: what would become of each
 * mail, one JSON object a line, with no stack and no effect. Exit 1 only when a file could not be read at all.
 */
process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  return 1;
});

interface Asked {
  verdict: Verdict;
  to: string;
  members: Map<string, Member[]>;
}

async function main(args: string[]): Promise<number> {
  const { files, members, verdict, to } = read(args);
  if (!verdict || files.length === 0) {
    console.error('Usage: npm run explain -- [--members F.csv] [--verdict pass|gray|fail] [--to ADDRESS] FILE.eml…');
    return 2;
  }
  const asked = { verdict, to, members: await readMembers(members) };
  let failed = 0;
  for (const file of files) {
    const line = await explain(file, asked).catch((error: Error) => ({
      file,
      error: `The file could not be read: ${error.message}`,
    }));
    if ('error' in line) failed = 1;
    console.log(JSON.stringify(line));
  }
  return failed;
}

function read(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      members: { type: 'string', default: join(import.meta.dirname, 'demo-directory.csv') },
      verdict: { type: 'string', default: 'pass' },
      to: { type: 'string', default: 'privacy@inwriting.example' },
    },
  });
  const verdicts: Record<string, Verdict> = { pass: 'PASS', gray: 'GRAY', fail: 'FAIL' };
  return { files: positionals, members: values.members, verdict: verdicts[values.verdict], to: values.to };
}

async function explain(file: string, { verdict, to, members }: Asked) {
  const began = performance.now();
  const mail = await parseMail(createReadStream(file));
  const notification = notificationOf(mail, verdict, to);
  const senders = sendersOf(mail, members);
  const authentication = authenticate(asVerified(mail, verdict), notification.envelopeFrom, notification.verdicts);
  const decision = decide({ mail, notification, authentication, senders });
  return {
    file,
    outcome: decision.state,
    rule: decision.rule,
    reason: decision.reason,
    holds: decision.effects.filter(({ effect }) => effect === 'hold').map(({ subject }) => subject),
    reply: decision.answers.map(({ letter }) => letter).join(' ') || null,
    subject: mail.subject,
    from: mail.from.join(' ') || null,
    memberId: senders.map(({ memberId }) => memberId).join(' ') || null,
    scopes: Object.fromEntries(decision.effects.map(({ subject, scopes }) => [subject, scopes])),
    attachments: mail.attachments,
    ms: Math.round((performance.now() - began) * 10) / 10,
  };
}

/** A mail file has no notification beside it: the envelope is read from its Return-Path, the verdict is as asked. */
function notificationOf(
  mail: InboundMail,
  verdict: Verdict,
  to: string,
): Pick<ReceivedNotification, 'envelopeFrom' | 'verdicts' | 'recipients'> {
  return {
    envelopeFrom: (mail.returnPath ?? mail.from[0] ?? '').replace(/^<(.*)>$/, '$1'),
    recipients: [to],
    verdicts: { spf: verdict, dkim: verdict, dmarc: verdict, spam: 'PASS', virus: 'PASS' },
  };
}

/** What SES would have written on top of it. */
function asVerified(mail: InboundMail, verdict: Verdict): InboundMail {
  return {
    ...mail,
    authenticationResults: `amazonses.com; dmarc=${verdict === 'PASS' ? 'pass' : 'fail'} header.from=${mail.from[0]?.split('@').at(-1)}`,
  };
}

function sendersOf(mail: InboundMail, members: Map<string, Member[]>): Member[] {
  const senders = mail.from.flatMap((address) => members.get(canonicalAddress(address) ?? '') ?? []);
  return [...new Set(senders)];
}

async function readMembers(path: string): Promise<Map<string, Member[]>> {
  const csv = await openCsv(createReadStream(path), 'full');
  if ('problem' in csv) throw new Error(`${path} ${csv.problem}`);
  const found = new Map<string, Member[]>();
  for await (const group of csv.rows) {
    for (const read of group) {
      if (!('row' in read)) continue;
      const member = { otherEmails: [], manages: [], ...read.row } as unknown as Member;
      for (const address of addressesOf(member)) {
        const key = canonicalAddress(address) ?? '';
        found.set(key, [...(found.get(key) ?? []), member]);
      }
    }
  }
  return found;
}
