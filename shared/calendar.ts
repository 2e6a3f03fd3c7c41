import { addDays } from './clock.ts';
import { env, envNumber } from './env.ts';

/** How long a hold waits for the member before a person looks at it. */
export const heldUntil = (receivedAt: string): string => addDays(receivedAt, 7);

/** When a person looks again at a request whose requester was asked something and has not replied. */
export const askedUntil = (at: string): string => addDays(at, 30);

/** By when a person has to decide: the stage's number of business days, without the holidays of its country. */
export const decideBy = (receivedAt: string): string =>
  addBusinessDays(receivedAt, envNumber('deadlineDays'), holidaysOfStage());

export const holidaysOfStage = (): ReadonlySet<string> => new Set(env('holidays').split(' '));

/** The same time of day, so many business days later: weekends and holidays (`YYYY-MM-DD`) do not count. */
export function addBusinessDays(at: string, days: number, holidays: ReadonlySet<string>): string {
  let day = at;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (isBusinessDay(day, holidays)) left -= 1;
  }
  return day;
}

/** How many business days begin after the one moment and not after the other; none where it is not later. */
export function businessDaysBetween(from: string, to: string, holidays: ReadonlySet<string>): number {
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isBusinessDay(day, holidays)) days += 1;
  return days;
}

const isBusinessDay = (day: string, holidays: ReadonlySet<string>): boolean =>
  !isWeekend(day) && !holidays.has(day.slice(0, 10));

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());
