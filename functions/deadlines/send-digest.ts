import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../../shared/aws.ts';
import { addDays } from '../../shared/clock.ts';
import { queueAnswer } from '../../shared/deliveries/queue.ts';
import { env } from '../../shared/env.ts';
import { log } from '../../shared/log.ts';
import { digestDay } from './digest-day.ts';
import { whatIsDue } from './what-is-due.ts';

/**
 * Once a day the people at the desk are told what is due; where that is nothing, they hear nothing. That it is done is
 * written last: a crash before that queues the same delivery again, and mail-sender sends a delivery once.
 */
export async function sendDigest(at: string): Promise<void> {
  const day = digestDay(at, env('timeZone'));
  const token = `digest/${day}`;
  if (await isDone(token)) return;
  const digest = await whatIsDue(at);
  const count = digest.groups.reduce((total, group) => total + group.count, 0);
  if (count > 0) await queueAnswer(digestMail(digest, day, at));
  const Item = { token, expiresAt: Math.floor(Date.parse(addDays(at, 7)) / 1000) };
  await dynamo().send(new PutCommand({ TableName: env('tokensTable'), Item }));
  log.info('digest', { day, outcome: count > 0 ? 'queued' : 'nothing is due', count });
}

async function isDone(token: string): Promise<boolean> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('tokensTable'), Key: { token }, ConsistentRead: true }),
  );
  return Item !== undefined;
}

const digestMail = (digest: Awaited<ReturnType<typeof whatIsDue>>, day: string, at: string) => ({
  batch: 'digest',
  delivery: day,
  letter: 'digest',
  to: env('staffAddress'),
  locale: 'en',
  name: '',
  communities: [],
  digest,
  since: at,
  automatic: false,
  thread: { references: [] },
});
