import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { forgetClients } from '../../shared/aws.ts';
import { variables } from '../../shared/env.ts';
import { lookupKeys, type Member, memberKey } from '../../shared/members/member.ts';
import type { StackFile } from '../stack-process.ts';

/** From now on shared/ works on this stack, with the rights of its operator. */
export async function actAsOperator({ outputs, ...file }: StackFile): Promise<void> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: file.aws,
    AWS_REGION: file.region,
    AWS_ACCESS_KEY_ID: file.accessKeyId,
    AWS_SECRET_ACCESS_KEY: file.secretAccessKey,
    [variables.noticesTable]: outputs.NoticesTable,
    [variables.deliveriesTable]: outputs.DeliveriesTable,
    [variables.membersTable]: outputs.MembersTable,
  });
  forgetClients();
}

type Where = Pick<StackFile, 'aws' | 'region' | 'accessKeyId' | 'secretAccessKey' | 'outputs'>;

/** Writes members as directory-sync does, with their look-up items, and without reading a file first. */
export async function loadMembers({ outputs, aws, ...rest }: Where, members: number): Promise<void> {
  const dynamodb = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: aws, region: rest.region, credentials: rest }),
  );
  for (let from = 0; from < members; from += membersAtOnce) {
    const items = Array.from({ length: Math.min(membersAtOnce, members - from) }, (_, n) => itemsOf(from + n)).flat();
    const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, n) => items.slice(n * 25, (n + 1) * 25));
    // dynalite takes a batch whole.
    await Promise.all(
      batches.map((batch) => {
        const requests = batch.map((Item) => ({ PutRequest: { Item } }));
        return dynamodb.send(new BatchWriteCommand({ RequestItems: { [outputs.MembersTable!]: requests } }));
      }),
    );
  }
  dynamodb.destroy();
}

const membersAtOnce = 250;

function itemsOf(n: number): object[] {
  const member: Member = {
    memberId: `b${n}`,
    handle: `bench_${n}`,
    name: `Firstname${n % 5000} Lastname${n}`,
    primaryEmail: `bench.${n}@example.org`,
    otherEmails: n % 3 ? [] : [`other.${n}@example.net`],
    manages: n % 100 ? [] : [`c${n}`],
    locale: 'fi',
    createdAt: '2014-12-13T10:00:00Z',
  };
  return [{ ...memberKey(member.memberId), ...member }, ...lookupKeys(member)];
}
