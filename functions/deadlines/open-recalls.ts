import { log } from '../../shared/log.ts';
import type { Recall } from '../../shared/recalls/recall.ts';
import { readRecalls } from '../../shared/recalls/store.ts';

/**
 * The open recalls, the longest open first: at most 10,000, some megabytes, so that a run has an end. Beyond that nobody
 * hears of the newer ones until people have marked the older ones as done, and the log says so.
 */
export async function openRecalls(): Promise<Recall[]> {
  const recalls: Recall[] = [];
  let after: string | undefined;
  do {
    const page = await readRecalls('open', { limit: 1_000, after });
    recalls.push(...page.recalls);
    after = page.next;
  } while (after && recalls.length < most);
  if (after) log.warn('more recalls are open than are told about', { count: most });
  return recalls;
}

const most = 10_000;
