import { addDays } from './clock.ts';
import { env, envNumber } from './env.ts';

/** How long a hold waits for the member before a person looks at it. */
export const heldUntil = (receivedAt: string): string => addDays(receivedAt, 7);

/** By when a person has to decide: the stage's number of business days, without the holidays of its country. */
export const decideBy = (receivedAt: string): string =>
  addBusinessDays(receivedAt, envNumber('deadlineDays'), new Set(env('holidays').split(' ')));

/** The same time of day, so many business days later: weekends and holidays (`YYYY-MM-DD`) do not count. */
export function addBusinessDays(at: string, days: number, holidays: ReadonlySet<string>): string {
  const isFree = (day: string) => isWeekend(day) || holidays.has(day.slice(0, 10));
  let day = at;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (!isFree(day)) left -= 1;
  }
  return day;
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());
