import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import { Unavailable } from '../errors.ts';
import { readToken, signToken, type TokenKeys } from '../tokens.ts';

/** The token of an unsubscribe link. It names the member and is good as long as its key: old offers are opened, too. */
export const unsubscribeToken = (memberId: string, keys: TokenKeys): string =>
  signToken({ purpose: 'unsubscribe', subject: Buffer.from(memberId) }, keys);

/**
 * The token of an unsubscribe address. Where the id is too long for one, it names a look-up item in place of the member
 * (`rememberLongIds`): `unsubscribe+` and 52 letters, which are 32 bytes, are the 64 octets that a local part may have
 * (RFC 5321 section 4.5.3.1.1), and 21 of them are not the subject's.
 */
export const unsubscribeAddressToken = (memberId: string, keys: TokenKeys): string =>
  isLong(memberId)
    ? signToken({ purpose: 'unsubscribe-by-mail', subject: shortOf(memberId) }, keys)
    : unsubscribeToken(memberId, keys);

const mostBytes = 11;

const isLong = (memberId: string): boolean => Buffer.byteLength(memberId) > mostBytes;

const shortOf = (memberId: string): Buffer => createHash('sha256').update(memberId).digest().subarray(0, mostBytes);

/** The member of a token out of a link or an address; undefined for one that is not ours. */
export async function readUnsubscribeToken(token: string, at: string, keys: TokenKeys): Promise<string | undefined> {
  const memberId = readToken(token, 'unsubscribe', at, keys);
  if (memberId) return Buffer.from(memberId).toString();
  const short = readToken(token, 'unsubscribe-by-mail', at, keys);
  return short && recallLongId(short);
}

/** Remembers for good which members the short tokens stand for; to be done before one of these is given out. */
export async function rememberLongIds(memberIds: readonly string[]): Promise<void> {
  const items = [...new Set(memberIds)]
    .filter(isLong)
    .map((memberId) => ({ token: keyOf(shortOf(memberId)), memberId }));
  const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, n) => items.slice(n * 25, n * 25 + 25));
  const left = batches.values();
  const worker = async () => {
    for (const batch of left) await put(batch);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

async function put(items: { token: string; memberId: string }[]): Promise<void> {
  const table = env('tokensTable');
  let left = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === attempts) throw new Unavailable('DynamoDB did not take the links: it is throttling.');
    if (attempt > 0) await pause(Math.random() * Math.min(1000, 25 * 2 ** attempt));
    const { UnprocessedItems } = await dynamo().send(new BatchWriteCommand({ RequestItems: { [table]: left } }));
    left = (UnprocessedItems?.[table] ?? []) as typeof left;
  }
}

const attempts = 10;

async function recallLongId(short: Uint8Array): Promise<string | undefined> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('tokensTable'), Key: { token: keyOf(short) }, ConsistentRead: true }),
  );
  return Item?.memberId as string | undefined;
}

const keyOf = (short: Uint8Array): string => `unsubscribe/${Buffer.from(short).toString('hex')}`;
