import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { addDays } from '../clock.ts';
import { env } from '../env.ts';
import { median } from '../recalls/recall.ts';
import type { WrittenRequest } from './request.ts';

/** What the index of arrivals holds of a request. */
export type Arrived = Pick<WrittenRequest, 'channel' | 'state' | 'flaggedAt'> & { arrivedAt: string };

/** The newest arrivals of some days. */
export interface Arrivals {
  arrived: Arrived[];
  /** The oldest that was read, where there may be more behind it. */
  cutAt?: string;
}

/** How many came one way, and what became of them. */
export interface Figures {
  requests: number;
  /** Automatic mail and what a person found to be no request. */
  ignored: number;
  /** Because of which something was held or blocked. */
  flagged: number;
  /** Middle of the milliseconds from the arrival to that. */
  untilFlag?: number;
}

/**
 * The requests of the last days (UTC, today among them), the newest first. Past `most` it stops, so that it costs the
 * same whatever is stored: an item of the index has about 150 bytes, so 20,000 are some 750 read units.
 */
export async function readArrivals(at: string, { days = 30, most = 20_000 } = {}): Promise<Arrivals> {
  const arrived: Arrived[] = [];
  for (let day = 0; day < days; day += 1) {
    const isCut = await readDay(addDays(at, -day).slice(0, 10), most, arrived);
    if (isCut) return { arrived, cutAt: arrived.at(-1)?.arrivedAt };
  }
  return { arrived };
}

/** Adds the arrivals of a day; true where it stopped before its end. */
async function readDay(day: string, most: number, arrived: Arrived[]): Promise<boolean> {
  let from: Record<string, unknown> | undefined;
  do {
    if (arrived.length >= most) return true;
    const { Items = [], LastEvaluatedKey } = await dynamo().send(
      new QueryCommand({
        TableName: env('requestsTable'),
        IndexName: 'arrived',
        KeyConditionExpression: 'arrivedOn = :day',
        ExpressionAttributeValues: { ':day': day },
        ScanIndexForward: false,
        Limit: most - arrived.length,
        ExclusiveStartKey: from,
      }),
    );
    arrived.push(...(Items as Arrived[]));
    from = LastEvaluatedKey;
  } while (from);
  return false;
}

/** The figures of some arrivals. */
export function figuresOf(arrived: readonly Arrived[]): Figures {
  const durations = arrived.flatMap(({ arrivedAt, flaggedAt }) =>
    flaggedAt ? [Math.max(0, Date.parse(flaggedAt) - Date.parse(arrivedAt))] : [],
  );
  return {
    requests: arrived.length,
    ignored: arrived.filter(({ state }) => state === 'ignored').length,
    flagged: durations.length,
    untilFlag: median(durations),
  };
}
