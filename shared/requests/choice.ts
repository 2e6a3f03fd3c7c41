import { now } from '../clock.ts';
import { evidenceKeys, keep } from '../evidence/store.ts';
import { keptUntil, takeStep } from './apply.ts';
import { describe, minus } from './by-person/covers.ts';
import { advance, type Choice, type WrittenRequest } from './request.ts';
import { readRequest } from './store.ts';

/** Keeps as evidence what the member chose, and how it came. The first writer stands, and a repetition says the same. */
export async function keepChoice(request: WrittenRequest, choice: Choice): Promise<void> {
  const { requestId } = request;
  await keep(
    evidenceKeys.choice(requestId),
    JSON.stringify({ requestId, ...choice }),
    'application/json',
    keptUntil(request, choice.at),
  );
}

/**
 * Writes the member's word into the history of each request that blocked or held what is allowed again. Its state stays:
 * what was granted had been granted, and what is open waits for a person, who reads the word there.
 */
export async function noteOptIn(requestId: string, { lifts, allow }: Choice): Promise<void> {
  for (const lifted of lifts) {
    const request = await readRequest(lifted);
    if (request) await takeStep(request, (found) => withWord(found, requestId, allow));
  }
}

function withWord(found: WrittenRequest, requestId: string, allow: Choice['allow']): WrittenRequest | undefined {
  const rule = `opted-in-${requestId}`;
  if (found.history.some((entry) => entry.rule === rule)) return undefined;
  const reason = `The member, or a manager of the community, opted back in by ${requestId}: ${describe(allow)}.`;
  // Should a person look at it again, it asks for nothing that was allowed since.
  const covers = found.covers && minus(found.covers, allow);
  return advance({ ...found, covers }, { at: now(), state: found.state, rule, reason });
}
