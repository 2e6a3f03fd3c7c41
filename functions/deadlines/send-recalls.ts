import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../../shared/aws.ts';
import { addDays } from '../../shared/clock.ts';
import { type QueuedAnswer, queueAnswer } from '../../shared/deliveries/queue.ts';
import { env } from '../../shared/env.ts';
import { log } from '../../shared/log.ts';
import { readOptOuts } from '../../shared/optouts/store.ts';
import { presentState, type Recall } from '../../shared/recalls/recall.ts';
import { groupOf, recallBatch } from '../../shared/recalls/told.ts';
import { isElsewhere } from '../../shared/requests/by-person/readers.ts';
import { openRecalls } from './open-recalls.ts';

/**
 * Tells the contact of each campaign what is to be taken down: with the next hour after something has come, and else once
 * a day while any of it is open. What may be used again by now is no reason for a mail.
 */
export async function sendRecalls(at: string): Promise<void> {
  const open = await openRecalls();
  for (const [group, recalls] of Map.groupBy(open, groupOf)) await tell(group, recalls, at);
}

/** That it is told is written last: a crash before that queues the same delivery again, which goes out once. */
async function tell(group: string, recalls: Recall[], at: string): Promise<void> {
  const token = `recalls/${group}`;
  const told = await readTold(token);
  if (told && told > addDays(at, -1) && !recalls.some(({ openedAt }) => openedAt > told)) return;
  const { contact } = recalls[0]!;
  // A mail to ourselves would come in as a request.
  if (!isElsewhere({ to: contact })) return log.warn('recalls are told to nobody', { group, reason: 'own domain' });
  const mail = await mailOf(recalls, told);
  if (!mail) return;
  const delivery = `${group}-${Date.parse(told ?? recalls[0]!.openedAt)}`;
  await queueAnswer({ ...mail, ...plain, batch: recallBatch, delivery, to: contact, since: at });
  const Item = { token, toldAt: at, expiresAt: Math.floor(Date.parse(addDays(at, 30)) / 1000) };
  await dynamo().send(new PutCommand({ TableName: env('tokensTable'), Item }));
  log.info('recalls', { group, outcome: 'queued', count: recalls.length });
}

async function readTold(token: string): Promise<string | undefined> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('tokensTable'), Key: { token }, ConsistentRead: true }),
  );
  return Item?.toldAt;
}

/** Nothing where all of it may be used again. */
async function mailOf(recalls: Recall[], told = ''): Promise<Pick<QueuedAnswer, 'recall'> | undefined> {
  const optOuts = await readOptOuts([...new Set(recalls.map(({ subject }) => subject))]);
  const down = recalls.filter((recall) => presentState(recall, optOuts.get(recall.subject)!) !== 'clear');
  if (down.length === 0) return undefined;
  const first = down
    .toSorted((a, b) => (a.openedAt > b.openedAt ? -1 : 1))
    .slice(0, mostListed)
    .map(({ subject, scope, requestedAt: since, openedAt }) => ({ subject, scope, since, isNew: openedAt > told }));
  const released = recalls.length - down.length;
  return { recall: { campaign: recalls[0]!.campaign, count: down.length, released, first } };
}

const mostListed = 50;

const plain = {
  letter: 'recall',
  locale: 'en',
  name: '',
  communities: [],
  automatic: false,
  thread: { references: [] },
} satisfies Partial<QueuedAnswer>;
