import { decideBy } from '../../shared/calendar.ts';
import { log } from '../../shared/log.ts';
import { takeStep } from '../../shared/requests/apply.ts';
import { dueRequests } from '../../shared/requests/due.ts';
import { advance, type WrittenRequest } from '../../shared/requests/request.ts';
import { eachRequest } from './each-request.ts';

/** A hold that no member confirmed or denied in time goes to a person. The hold itself stays. */
export const handOverHolds = (at: string): Promise<number> =>
  eachRequest(dueRequests('held', at), (request) => handOver(request, at));

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
