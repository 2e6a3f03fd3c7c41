import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../../shared/aws.ts';
import { addDays } from '../../shared/clock.ts';
import { env } from '../../shared/env.ts';
import { startExport } from '../../shared/exports/start.ts';
import { log } from '../../shared/log.ts';

/**
 * Once a day, with the first run after midnight UTC, the do-not-use list is made and kept. It is a job of the exports, which
 * have the time and the disk for a long list. That it is started is written last: a crash before that starts it twice, and
 * the first list of a day stands.
 */
export async function startDoNotUse(at: string): Promise<void> {
  const day = at.slice(0, 10);
  const token = `do-not-use/${day}`;
  const { Item: started } = await dynamo().send(
    new GetCommand({ TableName: env('tokensTable'), Key: { token }, ConsistentRead: true }),
  );
  if (started) return;
  const by = { id: 'in-writing', name: 'In Writing' };
  const exportId = await startExport({ kind: 'do-not-use', subject: 'now', by, params: { day } });
  const Item = { token, exportId, expiresAt: Math.floor(Date.parse(addDays(at, 7)) / 1000) };
  await dynamo().send(new PutCommand({ TableName: env('tokensTable'), Item }));
  log.info('do-not-use list', { day, exportId, outcome: 'started' });
}
