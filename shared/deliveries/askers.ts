import { createHmac } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { addSeconds } from '../clock.ts';
import { env } from '../env.ts';
import { isConditionFailed } from '../errors.ts';

/** In an hour: an office behind one address has several people, and a script has none. */
const mostAnHour = 20;

/**
 * Whether whoever asks from this network address may ask once more within the hour. One write, whatever was asked for.
 * The address is kept as an HMAC under a key of ours: there are too few IPv4 addresses for a bare hash to hide one.
 */
export async function mayAsk(networkAddress: string, at: string, key: string): Promise<boolean> {
  const asker = createHmac('sha256', key)
    .update(`asker\n${networkOf(networkAddress)}`)
    .digest('hex')
    .slice(0, 32);
  try {
    await dynamo().send(
      new UpdateCommand({
        TableName: env('tokensTable'),
        Key: { token: `asker/${asker}/${at.slice(0, 13)}` },
        UpdateExpression: 'ADD asked :one SET expiresAt = :later',
        ConditionExpression: 'attribute_not_exists(asked) OR asked < :most',
        ExpressionAttributeValues: {
          ':one': 1,
          ':most': mostAnHour,
          ':later': Math.floor(Date.parse(addSeconds(at, 2 * 60 * 60)) / 1000),
        },
      }),
    );
    return true;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    return false;
  }
}

/** One household or office: an IPv4 address, or the first half of an IPv6 one, since a line has 2^64 of these. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = '', tail] = address.toLowerCase().split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0');
  return [...groups, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
