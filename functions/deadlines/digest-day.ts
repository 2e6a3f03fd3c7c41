/**
 * The day whose digest is due, as `YYYY-MM-DD`: it begins at seven in the morning where the desk is, so that the first
 * run after that finds a new one.
 */
export function digestDay(at: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const part = Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0 } = part;
  return new Date(Date.UTC(year, month - 1, day, hour - morning)).toISOString().slice(0, 10);
}

const morning = 7;
