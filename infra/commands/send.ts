import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { createTransport } from 'nodemailer';
import { canonicalAddress } from '../../shared/members/address.ts';
import { fileAt } from './file-at.ts';
import { runningStack } from './stack.ts';

/**
 * `npm run send -- --from A --subject S [--text T] [--attach FILE]… [--to ADDRESS]`: sends a mail to the running stack,
 * over SMTP as any mail client does. Exit 1 when it was not accepted.
 */
process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  return 1;
});

async function main(args: string[]): Promise<number> {
  const { from, subject, text, attach, to } = read(args);
  if (!from || subject === undefined) {
    console.error(
      'Usage: npm run send -- --from ADDRESS --subject SUBJECT [--text TEXT] [--attach FILE]… [--to ADDRESS]',
    );
    return 2;
  }
  if (!canonicalAddress(from)) throw new Error(`"${from}" is no address: write one such as anna.weber@example.org.`);
  const { smtp, outputs } = runningStack();
  const transport = createTransport({ url: smtp, tls: { rejectUnauthorized: false } });
  const attachments = await Promise.all(
    (attach ?? []).map(async (path) => {
      await fileAt(path, 'a file to attach');
      return { filename: basename(path), content: await readFile(path) };
    }),
  );
  const accepted = await transport.sendMail({
    from,
    to: to ?? `privacy@${outputs.MailDomain}`,
    subject,
    text: text ?? '',
    attachments,
  });
  console.log(
    `Accepted: ${accepted.messageId}. The answer and the path are at ${new URL('/_local/', runningStack().http)}.`,
  );
  return 0;
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        from: { type: 'string' },
        subject: { type: 'string' },
        text: { type: 'string' },
        attach: { type: 'string', multiple: true },
        to: { type: 'string' },
      },
    }).values;
  } catch {
    return {};
  }
}
