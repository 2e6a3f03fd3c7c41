import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo, forgetClients } from '../../../shared/aws.ts';
import { env, variables } from '../../../shared/env.ts';
import { changesFor, type Row } from '../../../shared/members/changes.ts';
import { type Key, lookupKeys, type Member, type MemberItem, memberSortKey } from '../../../shared/members/member.ts';

export interface MembersTable {
  /** All items, sorted by key. */
  items(): Promise<Key[]>;
  /** The members alone. */
  members(): Promise<MemberItem[]>;
  close(): Promise<void>;
}

/** An empty table Members in dynalite, to which the clients of this process talk until it is closed. */
export async function openMembersTable(): Promise<MembersTable> {
  const server: Server = createRequire(import.meta.url)('dynalite')({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const restore = setVariables({
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    [variables.membersTable]: 'members',
  });
  await dynamo().send(new CreateTableCommand(creation));
  return {
    items: allItems,
    members: async () => (await allItems()).filter(({ sk }) => sk === memberSortKey) as MemberItem[],
    async close() {
      dynamo().destroy();
      restore();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The items that a table must hold for exactly these members. */
export function itemsFor(rows: Row[]): Key[] {
  const members = rows.map((row) => {
    const changes = changesFor(undefined, row);
    if ('reason' in changes) throw new Error(changes.reason);
    return changes.steps[1]!.map((write) => ('put' in write ? write.put : undefined))[0] as MemberItem;
  });
  return sorted(members.flatMap((member) => [withoutUndefined(member), ...lookupKeys(member)]));
}

export const sorted = (items: Key[]): Key[] =>
  items.toSorted((a, b) => (`${a.pk}\n${a.sk}` < `${b.pk}\n${b.sk}` ? -1 : 1));

/** A member with defaults, for tests that care about one field. */
export const member = (fields: Partial<Member> & Pick<Member, 'memberId'>): Member => ({
  handle: `handle-${fields.memberId}`,
  name: `Name ${fields.memberId}`,
  primaryEmail: `${fields.memberId}@example.org`,
  otherEmails: [],
  manages: [],
  ...fields,
});

const withoutUndefined = (item: MemberItem) =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as MemberItem;

const creation = {
  TableName: 'members',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' as const },
    { AttributeName: 'sk', AttributeType: 'S' as const },
  ],
  BillingMode: 'PAY_PER_REQUEST' as const,
};

async function allItems(): Promise<Key[]> {
  const items: Key[] = [];
  let next: Record<string, unknown> | undefined;
  do {
    const page = await dynamo().send(new ScanCommand({ TableName: env('membersTable'), ExclusiveStartKey: next }));
    items.push(...((page.Items ?? []) as Key[]));
    next = page.LastEvaluatedKey;
  } while (next);
  return sorted(items);
}

/** Test files share one process: what is set here is put back. */
function setVariables(values: Record<string, string>): () => void {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, process.env[name]]));
  Object.assign(process.env, values);
  forgetClients();
  return () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    forgetClients();
  };
}
