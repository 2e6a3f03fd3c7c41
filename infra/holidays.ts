import Holidays from 'date-holidays';

/** A country or region whose holidays are known: for any other, none at all would count. */
export function isCountry(code: string): boolean {
  const [country = '', region] = code.split('-', 2);
  const calendar = new Holidays();
  const regions = calendar.getStates(country) ?? {};
  return Object.hasOwn(calendar.getCountries(), country) && (region === undefined || Object.hasOwn(regions, region));
}

/**
 * Public and bank holidays of a country, or of a state or region of it, that fall on a weekday: `YYYY-MM-DD`, in order,
 * from a year on. They go into the template, since the library is 1.4 MB and would cost every cold start 50 ms. A stack
 * that is not deployed for longer than they last counts no holidays and decides too early, never too late.
 */
export function holidays(code: string, fromYear = new Date().getUTCFullYear()): string[] {
  const [country, region] = code.split('-', 2) as [string, string?];
  const calendar = region ? new Holidays(country, region) : new Holidays(country);
  const found = Array.from({ length: years }, (_, offset) => calendar.getHolidays(fromYear + offset)).flat();
  const days = found.filter(({ type }) => type === 'public' || type === 'bank').map(({ date }) => date.slice(0, 10));
  return [...new Set(days)].filter(isWeekday).sort();
}

/** About 500 bytes of a function's environment, which may be 4 KB. */
const years = 5;

const isWeekday = (day: string): boolean => ![0, 6].includes(new Date(day).getUTCDay());
