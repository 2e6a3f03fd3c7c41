import { errorName, reasonOf, Unavailable } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';

/** A part of the hour's work; one that goes through requests returns how many of them failed. */
export type Part = (at: string) => Promise<unknown>;

/** Runs each part, so that one that fails keeps no other waiting; the alarm hears at the end which did. */
export async function runEach(parts: Record<string, Part>, at: string): Promise<void> {
  const failed: string[] = [];
  for (const [part, run] of Object.entries(parts)) {
    try {
      const left = await run(at);
      if (typeof left === 'number' && left > 0) failed.push(`${part} (${left} requests)`);
    } catch (error) {
      log.error('a part of the hour failed', { part, error: errorName(error), reason: reasonOf(error) });
      failed.push(part);
    }
  }
  if (failed.length > 0) throw new Unavailable(`Failed in this hour: ${failed.join(', ')}; the next run tries again.`);
}
