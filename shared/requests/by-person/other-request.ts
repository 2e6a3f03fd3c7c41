import { takeStep } from '../apply.ts';
import { advance, type Deciding, isOpen, type WrittenRequest } from '../request.ts';
import { readRequest } from '../store.ts';
import { union } from './covers.ts';

/**
 * Whether the request may go into another one, where its decision is to merge it: the other one notes it, before
 * anything else happens, and takes none while it is itself about to go elsewhere, so that no circle can arise.
 */
export async function goesInto({ requestId }: WrittenRequest, deciding: Deciding): Promise<boolean> {
  const { mergedInto } = deciding.fields;
  if (!mergedInto) return true;
  const other = await readRequest(mergedInto);
  if (!other) return false;
  const after = await takeStep(other, (found) => withOther(found, requestId, deciding));
  return hasNoted(after, requestId, deciding);
}

/** Whether another request may go into this one. */
export const isThereFor = (request: WrittenRequest): boolean =>
  (isOpen(request.state) || request.state === 'granted') && !request.deciding;

/** Tells the request that this one had gone into, once it is on its own again. */
export async function leaves({ requestId, mergedInto }: WrittenRequest, deciding: Deciding): Promise<void> {
  const former = deciding.fields.mergedInto ?? mergedInto;
  const other = former && (await readRequest(former));
  if (!other) return;
  const own = await readRequest(requestId);
  if (own?.mergedInto === former) return;
  await takeStep(other, (found) => withoutOther(found, requestId, deciding));
}

function withOther(found: WrittenRequest, requestId: string, deciding: Deciding): WrittenRequest | undefined {
  if (hasNoted(found, requestId, deciding) || !isThereFor(found)) return undefined;
  const { at, by } = deciding.step;
  const covers = deciding.flags
    .filter((flag) => flag.requestId === found.requestId)
    .map(({ subject, scopes }) => ({ subject, scopes }));
  const reason = `${requestId} goes on in this request.`;
  return advance(
    { ...found, covers: covers.length > 0 || found.covers ? union(found.covers ?? [], covers) : undefined },
    { at, state: found.state, rule: mergedIn(requestId), reason, by },
  );
}

function withoutOther(found: WrittenRequest, requestId: string, { step }: Deciding): WrittenRequest | undefined {
  const [last] = found.history.filter(({ reason }) => reason.startsWith(`${requestId} `)).slice(-1);
  if (last?.rule !== mergedIn(requestId)) return undefined;
  const reason = `${requestId} is a request of its own again; what this one took over stays.`;
  return advance(found, { at: step.at, state: found.state, rule: `merged-out-${requestId}`, reason, by: step.by });
}

const hasNoted = ({ history }: WrittenRequest, requestId: string, { step }: Deciding): boolean =>
  history.some(({ at, rule }) => rule === mergedIn(requestId) && at === step.at);

/** The evidence calls an entry by its rule: of two requests that go into one at once, each prepares an entry of its own. */
const mergedIn = (requestId: string): string => `merged-in-${requestId}`;
