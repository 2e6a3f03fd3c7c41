import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { now } from '../../shared/clock.ts';
import { log } from '../../shared/log.ts';
import { finishWhatIsLeft } from './finish-what-is-left.ts';
import { handOverHolds } from './hand-over-holds.ts';
import { measure } from './measure.ts';
import { measureRecalls } from './measure-recalls.ts';
import { runEach } from './run-each.ts';
import { sendDigest } from './send-digest.ts';
import { sendRecalls } from './send-recalls.ts';
import { startDoNotUse } from './start-do-not-use.ts';

/**
 * Hourly. What a crash left of a person's decision is done; a hold that no member confirmed or denied in time goes to a
 * person; contacts of campaigns are told what to take down; once a day the people at the desk are told what is due, and
 * the do-not-use list is made; and the figures go to CloudWatch.
 */
export const handler = middy()
  .use(injectLambdaContext(log))
  .handler(async () => {
    await runEach(parts, now());
  });

const parts = {
  'decisions left undone': finishWhatIsLeft,
  'holds that nobody confirmed': handOverHolds,
  'mails about recalls': sendRecalls,
  'the digest': sendDigest,
  'the do-not-use list': startDoNotUse,
  'the figures of requests': measure,
  'the figures of recalls': measureRecalls,
};
