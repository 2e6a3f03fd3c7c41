// The yardstick: what anyone would write first. One process takes mail, parses it whole and sets a flag, with no
// queue, no retry, no evidence, no answer. Prints its port; parameters: table endpoint in AWS_ENDPOINT_URL.
import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
// @ts-expect-error dynalite comes without types
import dynalite from 'dynalite';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const [path] = process.argv.slice(2);
const tables = createServer(dynalite({ path, createTableMs: 0 }).listeners('request')[0]);
await new Promise<void>((resolve) => tables.listen(0, '127.0.0.1', resolve));
process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(tables.address() as { port: number }).port}`;
const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient());

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  async onData(stream, _session, done) {
    const mail = await simpleParser(stream);
    if (/remove from marketing materials/i.test(mail.subject ?? '')) {
      const Item = { subject: mail.from?.value[0]?.address, blockedBy: mail.messageId, at: Date.now() };
      await dynamo.send(new PutCommand({ TableName: 'flags', Item }));
    }
    done();
  },
});
smtp.listen(0, '127.0.0.1', () => {
  const { port } = smtp.server.address() as { port: number };
  process.send?.({ smtp: port, aws: process.env.AWS_ENDPOINT_URL });
});
