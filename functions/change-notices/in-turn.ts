/** Writes under way at once: enough that the network does not matter, few enough that the table does not throttle. */
const concurrency = 16;

/** Acts on all of them, some at a time, and gives the results in their order. */
export async function inTurn<T, R>(work: T[], act: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = work.entries();
  const worker = async () => {
    for (const [place, one] of left) results[place] = await act(one);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, work.length) }, worker));
  return results;
}
