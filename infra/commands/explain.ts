import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Verdict } from '../../shared/mail/notification.ts';
import { type InboundMail, parseMail } from '../../shared/mail/parse.ts';
import { canonicalAddress } from '../../shared/members/address.ts';
import { openCsv } from '../../shared/members/csv.ts';
import { foldHandle, foldName } from '../../shared/members/fold.ts';
import { lookupKeys, type Member, memberKey } from '../../shared/members/member.ts';
import { emptyOptOut } from '../../shared/optouts/opt-out.ts';
import { decide } from '../../shared/requests/decide.ts';
import { type Envelope, gatherFacts, type Lookups } from '../../shared/requests/facts.ts';
import { type Recipient, recipientsOf } from '../../shared/requests/recipient.ts';
import { fileAt } from './file-at.ts';

/** The site of the local stage, for profile addresses in the text. */
const siteUrl = 'http://site.example';

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
  members: Directory;
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
      error: error.message,
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
  await fileAt(file, 'a mail saved as .eml');
  const began = performance.now();
  const mail = await parseMail(createReadStream(file));
  const [recipient] = recipientsOf([to]) as [Recipient];
  const facts = await gatherFacts(
    asVerified(mail, verdict),
    envelopeOf(mail, verdict),
    recipient,
    siteUrl,
    lookupsIn(members),
  );
  const decision = decide(facts, { mailDomain: to.split('@').at(-1)!, faxGateways: [] });
  return {
    file,
    outcome: decision.state,
    rule: decision.rule,
    reason: decision.reason,
    holds: decision.effects.filter(({ effect }) => effect === 'hold').map(({ subject }) => subject),
    reply: decision.answers.map(({ letter }) => letter).join(' ') || null,
    subject: mail.subject,
    from: mail.from.join(' ') || null,
    memberId: facts.senders.map(({ memberId }) => memberId).join(' ') || null,
    scopes: Object.fromEntries(decision.effects.map(({ subject, scopes }) => [subject, scopes])),
    attachments: mail.attachments,
    ms: Math.round((performance.now() - began) * 10) / 10,
  };
}

/** A mail file has no notification beside it: the envelope is read from a Return-Path, the verdict is as asked. */
function envelopeOf(mail: InboundMail, verdict: Verdict): Envelope {
  return {
    envelopeFrom: (mail.returnPath ?? mail.headers.get('return-path')?.[0] ?? mail.from[0] ?? 'unknown').replace(
      /^<(.*)>$/,
      '$1',
    ),
    receivedAt: new Date().toISOString(),
    verdicts: { spf: verdict, dkim: verdict, dmarc: verdict, spam: 'PASS', virus: 'PASS' },
  };
}

/** What SES would have written on top of it. */
function asVerified(mail: InboundMail, verdict: Verdict): InboundMail {
  const dmarc = verdict === 'PASS' ? 'pass' : 'fail';
  return {
    ...mail,
    authenticationResults: `amazonses.com; dmarc=${dmarc} header.from=${mail.from[0]?.split('@').at(-1)}`,
  };
}

/** The file instead of the tables: nobody has opted out, and no token is ours. */
function lookupsIn(members: Directory): Lookups {
  return {
    findByAddress: async (address) => members.get(`address/${canonicalAddress(address)}`) ?? [],
    findByHandle: async (handle) => members.get(`handle/${foldHandle(handle)}`) ?? [],
    findByName: async (name) => members.get(`name/${foldName(name)}`) ?? [],
    findById: async (memberId) => members.get(`member/${memberId}`) ?? [],
    readOptOuts: async (subjects) => new Map(subjects.map((subject) => [subject, emptyOptOut(subject)])),
    readReply: async () => undefined,
    readUnsubscribing: async () => undefined,
  };
}

/** Members by the keys that the table has. */
type Directory = Map<string, Member[]>;

async function readMembers(path: string): Promise<Directory> {
  await fileAt(path, 'a members CSV');
  const csv = await openCsv(createReadStream(path), 'full');
  if ('problem' in csv) throw new Error(`${path} ${csv.problem}`);
  const directory: Directory = new Map();
  for await (const group of csv.rows) {
    for (const read of group) {
      if (!('row' in read)) continue;
      const member = { otherEmails: [], manages: [], ...read.row } as unknown as Member;
      for (const { pk } of [memberKey(member.memberId), ...lookupKeys(member)]) {
        directory.set(pk, [...(directory.get(pk) ?? []), member]);
      }
    }
  }
  return directory;
}
