/** A duration as people say it: the largest unit that fits, in whole numbers. */
export function durationWords(milliseconds: number): string {
  const found = units.find(({ length }) => milliseconds >= length);
  if (!found) return 'less than a second';
  const count = Math.floor(milliseconds / found.length);
  return count === 1 ? `1 ${found.word}` : `${count} ${found.word}s`;
}

const units = [
  { word: 'day', length: 86_400_000 },
  { word: 'hour', length: 3_600_000 },
  { word: 'minute', length: 60_000 },
  { word: 'second', length: 1_000 },
];
