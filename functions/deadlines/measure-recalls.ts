import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { type Recall, type Standing, untilDone, untilOpened } from '../../shared/recalls/recall.ts';
import { countRecalls, readRecalls } from '../../shared/recalls/store.ts';

/**
 * Writes the figures of recalls as measure.ts does: how many are open, and of those of the last full hour the time from
 * the request to the recall, and to when somebody had marked it as done. Each hour has one run, so each counts once.
 */
export async function measureRecalls(at: string): Promise<void> {
  const metrics = new Metrics();
  metrics.addMetric('OpenRecalls', MetricUnit.Count, (await countRecalls('open', most)).count);
  const [open, done] = await Promise.all([ofLastHour('open', at), ofLastHour('done', at)]);
  for (const recall of [...open, ...done].filter(({ openedAt }) => isWithin(openedAt, at)))
    metrics.addMetric('RequestToRecall', MetricUnit.Milliseconds, untilOpened(recall));
  for (const recall of done) metrics.addMetric('RequestToTakenDown', MetricUnit.Milliseconds, untilDone(recall));
  metrics.publishStoredMetrics();
}

/** A thousand stand for the rest. */
const most = 1_000;

const ofLastHour = async (standing: Standing, at: string): Promise<Recall[]> => {
  const { recalls } = await readRecalls(standing, { limit: most, from: hourStart(at, -1) });
  return recalls.filter(({ movedAt }) => isWithin(movedAt, at));
};

const isWithin = (moment: string, at: string): boolean => moment >= hourStart(at, -1) && moment < hourStart(at, 0);

function hourStart(at: string, hours: number): string {
  const moment = new Date(at);
  moment.setUTCHours(moment.getUTCHours() + hours, 0, 0, 0);
  return moment.toISOString();
}
