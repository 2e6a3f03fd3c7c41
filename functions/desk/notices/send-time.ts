/** A moment that an officer chose by the clock on a wall: in UTC, with what they should know about it, or why not. */
export type Chosen = { at: string; note?: string } | { fault: string };

/**
 * The moment at which clocks in a zone show this day (`YYYY-MM-DD`) and time (`HH:MM`). Where the clocks are put forward
 * there is none; where they are put back there are two, and the first counts.
 */
export function momentIn(zone: string, day: string, time: string): Chosen {
  if (!isZone(zone)) return { fault: `"${zone}" is no time zone: use a name such as Europe/Berlin.` };
  const wall = Date.parse(`${day}T${time}:00Z`);
  if (!isDay(day) || !/^\d\d:\d\d$/.test(time) || Number.isNaN(wall))
    return { fault: 'Give both the day and the time of day.' };
  // Clocks are not changed twice within two days, so one of these offsets holds at the moment itself.
  const [before, after] = [wall - offsetAt(zone, wall - dayMs), wall - offsetAt(zone, wall + dayMs)];
  const moments = [...new Set([before, after])].filter((moment) => moment + offsetAt(zone, moment) === wall);
  const [first, second] = moments.sort((a, b) => a - b);
  if (first === undefined) return { fault: skipped(zone, time, [after, before]) };
  const at = new Date(first).toISOString();
  return second === undefined ? { at } : { at, note: twice(zone, time) };
}

/** What the clocks of a zone show at a moment; empty for what is no moment or no zone. */
export function wallIn(zone: string, at: string): { day: string; time: string } {
  const moment = Date.parse(at);
  if (Number.isNaN(moment) || !isZone(zone)) return { day: '', time: '' };
  const [day = '', time = ''] = new Date(moment + offsetAt(zone, moment)).toISOString().split('T');
  return { day, time: time.slice(0, 5) };
}

/** A moment in words, by the clocks of a zone and in UTC. */
export function wordsFor(at: string, zone: string): string {
  const format = (timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(new Date(at));
  const utc = wallIn('UTC', at);
  if (zone === 'UTC') return `${format('UTC')} UTC`;
  const own = wallIn(zone, at);
  return `${format(zone)} in ${placeOf(zone)}, which is ${utc.time} UTC${own.day === utc.day ? '' : ` on ${dayWords(utc.day)}`}`;
}

/** All that IANA has, with UTC first. */
export const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
}

export const dayWords = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

const skipped = (zone: string, time: string, around: number[]): string => {
  const [earlier, later] = around.map((moment) => wallIn(zone, new Date(moment).toISOString()).time);
  return `The clocks in ${placeOf(zone)} are put forward that day, and never show ${time}: choose ${earlier} or ${later}.`;
};

const twice = (zone: string, time: string): string =>
  `The clocks in ${placeOf(zone)} are put back that day and show ${time} twice: the first time counts. For the second, choose UTC.`;

const placeOf = (zone: string): string => zone.split('/').at(-1)!.replaceAll('_', ' ');

/** How far the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetAt(zone: string, moment: number): number {
  const parts = formatOf(zone).formatToParts(moment);
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(moment / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const numeric = 'numeric';
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric },
    ...{ hour: numeric, minute: numeric, second: numeric },
  });
  formats.set(timeZone, format);
  return format;
}

const dayMs = 24 * 60 * 60 * 1000;
