import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { now } from '../../shared/clock.ts';
import { errorName, reasonOf, Unavailable } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { dueNotices } from '../../shared/notices/list.ts';
import { readNotice } from '../../shared/notices/store.ts';
import { begin } from './begin.ts';
import { claimNotice, release, type Worked } from './claim-notice.ts';
import { count } from './count.ts';
import { walk } from './walk.ts';

/**
 * Every minute: notices that are due begin, those that are being sent go on, and what is known of their deliveries is
 * counted. Where nothing is due this is three queries of nothing.
 */
export const handler = middy<unknown, void>()
  .use(injectLambdaContext(log))
  .handler(async (_, context) => {
    const at = now();
    const due = await Promise.all([dueNotices('scheduled', at), dueNotices('sending', at), dueNotices('counting', at)]);
    let failed = 0;
    for (const noticeId of new Set(due.flat())) {
      // One that fails keeps no other waiting.
      await workOn(noticeId, context).catch((error) => {
        failed += 1;
        log.error('a notice stands still', { noticeId, error: errorName(error), reason: reasonOf(error) });
      });
    }
    if (failed > 0) throw new Unavailable(`${failed} notices could not be taken on; the next run tries again.`);
  });

async function workOn(noticeId: string, context: Context): Promise<void> {
  const found = await readNotice(noticeId);
  const work = found && (await claimNotice(found, context.awsRequestId));
  // Another run works on it.
  if (!work) return;
  const hasTime = () => context.getRemainingTimeInMillis() > spare;
  try {
    await goOn(work, hasTime);
  } finally {
    await release(work);
  }
}

/** What is known of the deliveries is counted even where the walk cannot go on: then people look at it most. */
async function goOn(work: Worked, hasTime: () => boolean): Promise<void> {
  await begin(work);
  try {
    await walk(work, hasTime);
  } finally {
    await count(work, hasTime);
  }
}

/** Milliseconds that a page, a count and a last write may still take. */
const spare = 15_000;
