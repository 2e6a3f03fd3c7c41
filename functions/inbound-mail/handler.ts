import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { SQSRecord } from 'aws-lambda';
import { s3 } from '../../shared/aws.ts';
import { eachMessage } from '../../shared/batch.ts';
import { log } from '../../shared/log.ts';
import { readNotification } from '../../shared/mail/notification.ts';
import { parseMail } from '../../shared/mail/parse.ts';
import { takeMail } from '../../shared/requests/intake.ts';

/** One stored e-mail: SES put the bytes into the raw-mail bucket, and this message says where and what it thinks of them. */
export const handler = eachMessage(async (record: SQSRecord) => {
  const notification = readNotification(record.body);
  if (!notification) return;
  const mail = await parseMail(await stored(notification));
  for (const { requestId, decision } of await takeMail(mail, notification)) {
    log.info('mail taken in', {
      requestId,
      sesMessageId: notification.sesMessageId,
      outcome: decision.state,
      rule: decision.rule,
      reason: decision.reason,
    });
  }
});

async function stored({ bucket, key }: { bucket: string; key: string }): Promise<Readable> {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Body as Readable;
}
