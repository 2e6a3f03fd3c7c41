import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { addBusinessDays, holidaysOfStage } from '../../shared/calendar.ts';
import { countTray } from '../../shared/requests/queue.ts';
import type { Tray } from '../../shared/requests/request.ts';
import { decided, soonDays } from './what-is-due.ts';

/**
 * Writes the figures into the log in CloudWatch's embedded metric format, which costs no call: OpenRequests of each tray,
 * Overdue and DueSoon. A thousand stands for a thousand and more, so that counting costs the same whatever waits.
 */
export async function measure(at: string): Promise<void> {
  const soon = addBusinessDays(at, soonDays, holidaysOfStage());
  const metrics = new Metrics();
  for (const tray of trays) {
    const figure = metrics.singleMetric();
    figure.addDimension('tray', tray);
    figure.addMetric('OpenRequests', MetricUnit.Count, (await countTray(tray, undefined, { most })).count);
  }
  metrics.addMetric('Overdue', MetricUnit.Count, await countDecided(at));
  metrics.addMetric('DueSoon', MetricUnit.Count, await countDecided(soon, at));
  metrics.publishStoredMetrics();
}

const trays: Tray[] = ['review', 'spam', 'asked', 'held', 'quarantined'];
const most = 1_000;

async function countDecided(dueBefore: string, dueFrom?: string): Promise<number> {
  const counts = await Promise.all(decided.map((tray) => countTray(tray, dueBefore, { dueFrom, most })));
  return counts.reduce((total, { count }) => total + count, 0);
}
