import { addDays } from './clock.ts';
import { env, envNumber } from './env.ts';

/** How long a hold waits for the member before a person looks at it. */
export const heldUntil = (receivedAt: string): string => addDays(receivedAt, 7);

/** By when a person has to decide: the stage's number of business days, in the stage's country. */
export const decideBy = async (receivedAt: string): Promise<string> =>
  addBusinessDays(receivedAt, envNumber('deadlineDays'), env('country'));

/**
 * The same time of day, so many business days later: Saturdays, Sundays and public and bank holidays do not count.
 * `country` is a country, or a country and a state or region, as in `US` or `US-CA` (ISO 3166).
 */
export async function addBusinessDays(at: string, days: number, country: string): Promise<string> {
  // 1.4 MB of holidays, which only a mail that waits for a person has to load.
  const { default: Holidays } = await import('date-holidays');
  const [land, region] = country.split('-', 2) as [string, string?];
  const holidays = region ? new Holidays(land, region) : new Holidays(land);
  const isFree = (day: string) => isWeekend(day) || closes(holidays.isHoliday(noonOf(day)));
  let day = at;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (!isFree(day)) left -= 1;
  }
  return day;
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());

/** In the middle of the day the library's own time zone for the country cannot move it to another date. */
const noonOf = (day: string): Date => new Date(`${day.slice(0, 10)}T12:00:00`);

const closes = (found: false | { type: string }[]): boolean =>
  found !== false && found.some(({ type }) => type === 'public' || type === 'bank');
