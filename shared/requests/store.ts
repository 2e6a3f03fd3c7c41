import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import { Conflict, isConditionFailed } from '../errors.ts';
import { requestIds } from './id.ts';
import { type HistoryEntry, mayBecome, type WrittenRequest } from './request.ts';

/**
 * Records an arrival once, under the first of its ids that is free or its own. Returns the request as it stands: the
 * new one, or the one that an earlier delivery of the same arrival recorded.
 */
export async function record(arrival: Omit<WrittenRequest, 'requestId'>): Promise<WrittenRequest> {
  for (const requestId of requestIds(arrival.hash)) {
    const request = { ...arrival, requestId };
    if (await create(request)) return request;
    const recorded = await readRequest(requestId);
    if (recorded?.hash === arrival.hash) return recorded;
  }
  throw new Conflict(`All ids of the arrival ${arrival.hash} belong to other arrivals.`);
}

export async function readRequest(requestId: string): Promise<WrittenRequest | undefined> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('requestsTable'), Key: { requestId }, ConsistentRead: true }),
  );
  return Item as WrittenRequest | undefined;
}

/** Moves a request on. Quietly does nothing when it has moved on already; throws Conflict when the move is illegal. */
export async function move(request: WrittenRequest, entry: HistoryEntry): Promise<void> {
  if (!mayBecome(request.state, entry.state)) {
    throw new Conflict(`Request ${request.requestId} is ${request.state} and cannot become ${entry.state}.`);
  }
  try {
    await dynamo().send(
      new UpdateCommand({
        TableName: env('requestsTable'),
        Key: { requestId: request.requestId },
        UpdateExpression: 'SET #state = :to, history = :history',
        ConditionExpression: '#state = :from',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':from': request.state, ':to': entry.state, ':history': kept(request, entry) },
      }),
    );
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}

const kept = ({ history }: WrittenRequest, entry: HistoryEntry): HistoryEntry[] =>
  [...history, entry].slice(-keptEntries);

/** Older entries are in the evidence bucket; the item stays far below DynamoDB's 400 KB. */
const keptEntries = 50;

async function create(request: WrittenRequest): Promise<boolean> {
  try {
    await dynamo().send(
      new PutCommand({
        TableName: env('requestsTable'),
        Item: request,
        ConditionExpression: 'attribute_not_exists(requestId)',
      }),
    );
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
