import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import type { Scope, Subject } from '../optouts/opt-out.ts';

/** What a campaign was told that it may use of one subject, and by which check last. */
export interface Cleared {
  subject: Subject;
  campaign: string;
  /** Address of whoever can take the campaign down. */
  contact: string;
  scopes: Partial<Record<Scope, Clearing>>;
}

export interface Clearing {
  /** ISO 8601. */
  at: string;
  checkId: string;
}

/**
 * Remembers what one check cleared for a campaign. The same again changes nothing; a later check moves the moment on.
 * Each scope is an attribute of its own, so that two checks of different scopes at once keep both.
 */
export async function remember({ subject, campaign, contact, scopes }: Cleared): Promise<void> {
  const cleared = Object.entries(scopes);
  await dynamo().send(
    new UpdateCommand({
      TableName: env('campaignsTable'),
      Key: { subject, campaign },
      UpdateExpression: `SET contact = :contact${cleared.map((_, n) => `, #s${n} = :s${n}`).join('')}`,
      ExpressionAttributeNames: Object.fromEntries(cleared.map(([scope], n) => [`#s${n}`, scope])),
      ExpressionAttributeValues: {
        ':contact': contact,
        ...Object.fromEntries(cleared.map(([, clearing], n) => [`:s${n}`, clearing])),
      },
    }),
  );
}

/**
 * What campaigns were told about a subject. Read from the table itself, strongly consistent, and not from an index: an
 * opt-out is written before this is read, and a check reads the opt-outs once more after it has written here. So of an
 * opt-out and a check at the same moment at least one sees the other (shared/clearance/campaigns.ts).
 */
export async function* clearedOf(subject: Subject): AsyncGenerator<Cleared> {
  let from: Record<string, unknown> | undefined;
  do {
    const page = await dynamo().send(
      new QueryCommand({
        TableName: env('campaignsTable'),
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': subject },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    for (const { campaign, contact, subject: _, ...scopes } of page.Items ?? [])
      yield { subject, campaign, contact, scopes };
    from = page.LastEvaluatedKey;
  } while (from);
}
