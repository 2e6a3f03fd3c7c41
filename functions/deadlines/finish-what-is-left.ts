import { log } from '../../shared/log.ts';
import { finish } from '../../shared/requests/by-person/finish.ts';
import { isLeft } from '../../shared/requests/by-person/left.ts';
import { dueRequests } from '../../shared/requests/due.ts';
import { readRequest } from '../../shared/requests/store.ts';
import { eachRequest } from './each-request.ts';

/** A decision that a person took at the desk, and that a crash cut short, is done to its end. */
export const finishWhatIsLeft = (at: string): Promise<number> =>
  eachRequest(dueRequests('deciding', theEnd), async ({ requestId }) => {
    // The index may be a moment behind: what is finished since must not be done over again.
    const request = await readRequest(requestId);
    if (!request?.deciding || !isLeft(request.deciding, at)) return;
    const { state } = await finish(request);
    log.info('a decision was left undone', { requestId, outcome: state, rule: request.deciding.step.rule });
  });

/** Whatever they are due: all of them. */
const theEnd = '9999';
