/**
 * Remembers what was read for a few seconds: the banner asks on every page of every site that shows it, and each answer
 * reads all texts of all notices that are shown. What is read at once is read once; a failure is not remembered.
 */
export function recently<Found>(read: () => Promise<Found>, milliseconds: number): () => Promise<Found> {
  let last: { until: number; found: Promise<Found> } | undefined;
  return () => {
    if (last && last.until > Date.now()) return last.found;
    const reading = { until: Date.now() + milliseconds, found: read() };
    reading.found.catch(() => {
      if (last === reading) last = undefined;
    });
    last = reading;
    return reading.found;
  };
}
