import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { checkSubjects } from '../../shared/clearance/check.ts';
import { findByAddress } from '../../shared/members/directory.ts';
import type { Subject } from '../../shared/optouts/opt-out.ts';
import { assemble } from '../local/assemble.ts';
import { type Stack, startStack } from '../local/stack.ts';
import { importDirectory } from './import-directory.ts';
import { connect } from './stack.ts';

/**
 * `npm run demo`: the whole path in the terminal, on a scratch folder and free ports: a member's mail, the flag, the
 * answer and what clearance says. Exit 0, or 1 with a sentence that says what failed.
 */
const scratch = mkdtempSync(join(tmpdir(), 'in-writing-demo-'));
const stack = await startStack({
  ...(await assemble()),
  dataDir: join(scratch, 'data'),
  ...{ httpPort: 0, smtpPort: 0, awsPort: 0 },
});
process.exitCode = await show(stack).then(
  () => 0,
  (error: Error) => {
    console.error(`\nThe demo failed: ${error.message}`);
    return 1;
  },
);
await stack.stop();
rmSync(scratch, { recursive: true, force: true });

async function show(stack: Stack): Promise<void> {
  const { http, smtp, aws } = stack.addresses;
  connect({ pid: process.pid, aws, http, smtp, region: stack.region, ...stack.credentials, outputs: stack.outputs });
  step('A directory of members is loaded');
  await importDirectory(join(import.meta.dirname, 'demo-directory.csv'), {
    bucket: stack.outputs.IntakeBucket!,
    mode: 'delta',
  });
  const [member] = await findByAddress('anna.weber@example.org');
  if (!member) throw new Error('anna.weber@example.org is not in the directory that was just loaded.');
  tell(`${member.name} is a member and manages ${member.manages.join(', ')}.`);

  step('She writes to the site');
  const mail = {
    from: member.primaryEmail,
    to: `privacy@${stack.outputs.MailDomain}`,
    subject: 'REMOVE FROM MARKETING MATERIALS',
  };
  const { messageId } = await createTransport({ url: smtp, tls: { rejectUnauthorized: false } }).sendMail({
    ...mail,
    text: 'Thank you.',
  });
  tell(`Subject: ${mail.subject}`);

  step('Clearance says no');
  const subjects = [`member/${member.memberId}`, ...member.manages.map((id) => `community/${id}`)] as const;
  const answers = await until('the images were not blocked', async () => {
    const found = await checkSubjects(subjects.map((subject) => ({ subject: subject as Subject })));
    return found.every(({ scopes }) => Object.values(scopes).every(({ state }) => state === 'blocked'))
      ? found
      : undefined;
  });
  for (const { subject, scopes } of answers) {
    for (const [scope, { state, since, requestIds }] of Object.entries(scopes)) {
      tell(`${subject} ${scope}: ${state} since ${since} by ${requestIds.join(', ')}`);
    }
  }

  step('She finds the answer in her mail');
  const raw = await until('no answer was sent', async () => {
    const sent = stack.mailbox
      .list()
      .find(
        ({ to }) => to.includes(member.primaryEmail) || to.some((address) => address.includes(member.primaryEmail)),
      );
    return sent && stack.mailbox.read(sent.id);
  });
  const head = raw.toString().split('\r\n\r\n', 1)[0]!;
  if (!head.includes(messageId)) throw new Error(`the answer does not refer to ${messageId}.`);
  for (const line of head
    .split('\r\n')
    .filter((field) => /^(From|To|Subject|In-Reply-To|Auto-Submitted):/i.test(field)))
    tell(line);
  console.log('\nAll of it worked. "npm start" runs the same system and shows it at http://127.0.0.1:4000/_local/');
}

function step(text: string): void {
  console.log(`\n${text}`);
}

function tell(text: string): void {
  console.log(`  ${text}`);
}

async function until<T>(otherwise: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 20_000; Date.now() < end; await pause(50)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`${otherwise} within 20 seconds.`);
}
