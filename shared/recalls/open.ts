import { now } from '../clock.ts';
import { log } from '../log.ts';
import { allScopes, type OptOut } from '../optouts/opt-out.ts';
import { clearedOf } from './cleared.ts';
import { type Asking, type Recall, recallsFor, untilOpened } from './recall.ts';
import { keepRecall } from './store.ts';

/**
 * Recalls from campaigns what the request has just put out of use, as `optOut` has it. Belongs between the flag and the
 * request's state: repeated, it opens what a crash left out and nothing twice. One query where no campaign asked, and
 * none where the request changes nothing, such as a further one about what is blocked already.
 */
export async function openRecalls(optOut: OptOut, asking: Asking): Promise<void> {
  if (!speaksFor(optOut, asking.requestId)) return;
  const at = now();
  let some: Recall[] = [];
  for await (const cleared of clearedOf(optOut.subject)) {
    some.push(...recallsFor(optOut, asking, cleared, at));
    if (some.length < atOnce) continue;
    await Promise.all(some.map(open));
    some = [];
  }
  await Promise.all(some.map(open));
}

/** A member may have been in thousands of campaigns, and the mail that asks has a minute. */
const atOnce = 16;

async function open(recall: Recall): Promise<void> {
  if (!(await keepRecall(recall))) return;
  const { recallId, requestId } = recall;
  log.info('recall', { recallId, requestId, outcome: 'open', milliseconds: untilOpened(recall) });
}

/** For images, that is: marketing e-mail is recalled from nothing. */
const speaksFor = ({ subject, scopes }: OptOut, requestId: string): boolean =>
  allScopes(subject).some((scope) => {
    const { holds = {}, blockedBy = {} } = scopes[scope] ?? {};
    return Object.hasOwn(holds, requestId) || Object.hasOwn(blockedBy, requestId);
  });
