import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type ParsedMail, simpleParser } from 'mailparser';
import { type LocalStack, until } from '../local-stack.ts';

/** What a walk looks at from outside: the tables, and what members find in their mail. */
export type Walk = ReturnType<typeof walkOn>;

export function walkOn(stack: LocalStack) {
  const item = async (table: string, Key: Record<string, string>) =>
    (await stack.dynamodb.send(new GetCommand({ TableName: stack.outputs[table], Key, ConsistentRead: true }))).Item;
  const items = async (table: string) =>
    (await stack.dynamodb.send(new ScanCommand({ TableName: stack.outputs[table], ConsistentRead: true }))).Items ?? [];
  const requests = () => items('RequestsTable');

  return {
    requests,
    deliveries: () => items('DeliveriesTable'),
    optOut: (subject: string) => item('OptOutsTable', { subject }),
    /** Puts a directory into the intake bucket and waits for its last member. */
    async haveMembers(...rows: string[]) {
      const csv = [columns, ...rows, ''].join('\n');
      await stack.put(stack.outputs.IntakeBucket!, `directory/delta-${rows.length}-members.csv`, [Buffer.from(csv)]);
      const memberId = rows.at(-1)!.split(',')[0];
      await until(() => item('MembersTable', { pk: `member/${memberId}`, sk: 'member' }));
    },
    /** The request that a mail with this Message-ID became, once its decision is applied. */
    settled: (messageId: string) =>
      until(async () =>
        (await requests()).find(({ thread, state }) => thread.messageId === messageId && state !== 'received'),
      ),
    /** The next mail to an address whose headers refer to this Message-ID, as its mail client reads it. */
    answerTo: async (messageId: string): Promise<ParsedMail> => {
      const found = await until(async () => (await sentMails(stack)).find(({ inReplyTo }) => inReplyTo === messageId));
      return found;
    },
    answersTo: async (messageId: string) => (await sentMails(stack)).filter(({ inReplyTo }) => inReplyTo === messageId),
  };
}

const sentMails = (stack: LocalStack): Promise<ParsedMail[]> =>
  Promise.all(stack.mailbox.list().map(({ id }) => simpleParser(stack.mailbox.read(id)!)));

const columns = 'memberId,handle,name,primaryEmail,otherEmails,manages,locale,createdAt';
