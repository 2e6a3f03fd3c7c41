/** `3 June 2026, 14:05:09` in UTC: a dossier is read in any zone, and the seconds matter when somebody doubts an order. */
export const dayAndTime = (at: string): string => {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? at : format.format(moment);
};

const format = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** How long it took, in the two largest units: `3 days 4 hours`. */
export function lasting(from: string, to: string): string {
  let left = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  const parts = units.flatMap(([unit, seconds]) => {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    return count > 0 ? [`${count} ${unit}${count === 1 ? '' : 's'}`] : [];
  });
  return parts.slice(0, 2).join(' ') || 'less than a second';
}

const units: [string, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];
