import { closeConfirmation } from '../../deliveries/limits.ts';
import { takeStep } from '../apply.ts';
import { keepChoice, noteOptIn } from '../choice.ts';
import { flag } from '../flag.ts';
import { advance, type Deciding, type FlagChange, isClosed, trayOf, type WrittenRequest } from '../request.ts';
import { changeRequest } from '../store.ts';
import { applyFlag, isWeaker } from './flags.ts';
import { readHeirs } from './heirs.ts';
import { goesInto, leaves } from './other-request.ts';

/**
 * Does what follows from a noted decision: the opt-outs first, then evidence and answers, the request's state last. All
 * of it can be repeated, by the same person or by the hourly look at what was left undone. Where the member's own word
 * came first, or the request that this one should go into is no longer there for it, the decision is dropped.
 */
export async function finish(request: WrittenRequest): Promise<WrittenRequest> {
  const { deciding } = request;
  if (!deciding) return request;
  if (!(await goesInto(request, deciding))) return drop(request, deciding);
  if (request.choice) await keepChoice(request, request.choice);
  await changeFlags(request, deciding, deciding.flags);
  if (request.choice) await noteOptIn(request.requestId, request.choice);
  if (isClosed(deciding.step.state)) await closeConfirmations(request);
  const answers = deciding.answers.filter(({ to }) => to !== '');
  const occasion = `${deciding.step.rule}-${deciding.seen + 1}`;
  const done = await takeStep(request, (found) => withStep(found, deciding), answers, false, occasion);
  if (isNoted(done, deciding)) return drop(done, deciding);
  await leaves(request, deciding);
  return done;
}

/** The request as the decision makes it; undefined where that is done, or the state does not allow it any more. */
export function withStep(found: WrittenRequest, deciding: Deciding): WrittenRequest | undefined {
  if (!isNoted(found, deciding)) return undefined;
  const { deciding: _, ...request } = found;
  const { step, fields } = deciding;
  // Its time goes on only while it is open; and one that is reopened is itself again.
  const ended = isClosed(step.state) ? { pausedAt: undefined, dueWhenPaused: undefined } : {};
  const reopened =
    isClosed(found.state) && !isClosed(step.state)
      ? { released: undefined, mergedInto: undefined, ...asFound(found) }
      : {};
  return advance({ ...request, ...ended, ...reopened, ...fields }, step);
}

/** Whom a person had chosen is chosen no more: the choice may be what was wrong. */
const asFound = ({ who, whoFound }: WrittenRequest): Pick<WrittenRequest, 'who' | 'whoFound'> => ({
  who: whoFound ? whoFound.who : who,
  whoFound: undefined,
});

/**
 * Drops a decision that came too late. What it blocked goes again, except where the request is granted by now: then the
 * member asked for it.
 */
async function drop(request: WrittenRequest, deciding: Deciding): Promise<WrittenRequest> {
  const own = deciding.flags.filter(({ change, requestId }) => change === 'block' && !requestId);
  const undone: FlagChange[] = request.state === 'granted' ? [] : own.map((flag) => ({ ...flag, change: 'give-up' }));
  await changeFlags(request, deciding, undone);
  await leaves(request, deciding);
  return changeRequest(request, (found) => (isNoted(found, deciding) ? withoutNote(found) : undefined));
}

function withoutNote({ deciding: _, ...request }: WrittenRequest): WrittenRequest {
  const open = trayOf(request);
  return { ...request, open, dueAt: open && request.dueAt };
}

/** Who inherits is read now, and not when the decision was noted: that may be an hour ago, after a crash. */
async function changeFlags(request: WrittenRequest, { step }: Deciding, flags: FlagChange[]): Promise<void> {
  const { requestId, receivedAt } = request;
  const weaker = flags.filter(isWeaker).map(({ subject }) => subject);
  const heirs = weaker.length > 0 ? await readHeirs(requestId, weaker) : [];
  const change = async (one: FlagChange) => {
    const asking = { requestId: one.requestId ?? requestId, receivedAt };
    await flag(asking, one.subject, (optOut) => applyFlag(optOut, one, requestId, step.at, heirs));
  };
  // A member may manage hundreds of communities: some subjects at once, and each in the order of its changes.
  const bySubject = Map.groupBy(flags, ({ subject }) => subject).values();
  const worker = async () => {
    for (const own of bySubject) for (const one of own) await change(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const atOnce = 8;

/** Whoever was asked by mail need not answer any more, and another request may ask them. */
async function closeConfirmations({ requestId, decision }: WrittenRequest): Promise<void> {
  const asked = decision.answers.filter(({ letter }) => letter === 'confirm').map(({ memberId }) => memberId);
  for (const memberId of asked) if (memberId) await closeConfirmation(memberId, requestId);
}

const isNoted = ({ deciding }: WrittenRequest, { seen, step }: Deciding): boolean =>
  deciding?.seen === seen && deciding.step.at === step.at && deciding.step.by?.id === step.by?.id;
