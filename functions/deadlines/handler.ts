import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { decideBy } from '../../shared/calendar.ts';
import { now } from '../../shared/clock.ts';
import { log } from '../../shared/log.ts';
import { takeStep } from '../../shared/requests/apply.ts';
import { dueRequests } from '../../shared/requests/due.ts';
import { advance, type WrittenRequest } from '../../shared/requests/request.ts';

/** Hourly: a hold that no member confirmed or denied in time goes to a person. The hold itself stays. */
export const handler = middy()
  .use(injectLambdaContext(log))
  .handler(async () => {
    const at = now();
    for await (const request of dueRequests(at)) {
      if (request.state !== 'held') continue;
      const dueAt = await decideBy(request.receivedAt);
      await takeStep(request, (found) => afterSilence(found, at, dueAt));
      log.info('nobody confirmed in time', { requestId: request.requestId, outcome: 'review', rule: 'silence' });
    }
  });

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
