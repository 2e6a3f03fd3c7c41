import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { decideBy } from '../../shared/calendar.ts';
import { now } from '../../shared/clock.ts';
import { errorName, Unavailable } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { takeStep } from '../../shared/requests/apply.ts';
import { dueRequests } from '../../shared/requests/due.ts';
import { advance, type WrittenRequest } from '../../shared/requests/request.ts';

/** Hourly: a hold that no member confirmed or denied in time goes to a person. The hold itself stays. */
export const handler = middy()
  .use(injectLambdaContext(log))
  .handler(async () => {
    const at = now();
    let failed = 0;
    for await (const request of dueRequests('held', at)) {
      await handOver(request, at).catch((error) => {
        failed += 1;
        log.error('a request stays held', { requestId: request.requestId, error: errorName(error) });
      });
    }
    // One that fails keeps no other waiting, and the alarm hears of it.
    if (failed > 0)
      throw new Unavailable(`${failed} requests could not be handed to a person; the next run tries again.`);
  });

async function handOver(request: WrittenRequest, at: string): Promise<void> {
  const dueAt = decideBy(request.receivedAt);
  await takeStep(request, (found) => afterSilence(found, at, dueAt));
  log.info('nobody confirmed in time', { requestId: request.requestId, outcome: 'review', rule: 'silence' });
}

const afterSilence = (request: WrittenRequest, at: string, dueAt: string): WrittenRequest | undefined =>
  request.state === 'held'
    ? advance(request, {
        at,
        state: 'review',
        rule: 'silence',
        reason: 'The member did not answer in time, so a person decides.',
        dueAt,
      })
    : undefined;
