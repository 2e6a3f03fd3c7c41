import { setTimeout as pause } from 'node:timers/promises';
import { now } from '../../clock.ts';
import { attempts, putAfter, turn } from '../../conflicts.ts';
import { env } from '../../env.ts';
import { Conflict } from '../../errors.ts';
import { readOptOuts } from '../../optouts/store.ts';
import type { Deciding, WrittenRequest } from '../request.ts';
import { readRequest } from '../store.ts';
import { type Present, presentOf, touched } from './covers.ts';
import { finish } from './finish.ts';
import { isLeft } from './left.ts';
import type { Acting, Outcome, Refused } from './outcome.ts';

/** What a decision looks at. */
export interface Facts {
  request: WrittenRequest;
  at: string;
  present: Present;
}

/** What a decision comes to. The request's own rule, moment and person are added by `settle`. */
export interface Plan
  extends Pick<Deciding, 'flags' | 'answers' | 'fields'>,
    Pick<Deciding['step'], 'state' | 'dueAt'> {
  reason: string;
}

export interface Decided extends Acting {
  rule: string;
  words?: string;
  plan: (facts: Facts) => Promise<Plan | Refused> | Plan | Refused;
}

/**
 * Settles what a person decided on a request: reads it, plans, notes the plan by one conditional write, and does what
 * follows from it. Where anything happened since the person looked, nothing is done. The same decision sent twice, as by
 * a double click, is done once.
 */
export async function settle({ requestId }: WrittenRequest, decided: Decided): Promise<Outcome> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const request = await atRest(requestId, decided);
    if ('refused' in request) return request;
    if (newest(request) !== decided.seen) return sinceThen(request, decided);
    const facts = await gather(request);
    const plan = await decided.plan(facts);
    if ('refused' in plan) return plan;
    const noted = withNote(facts, decided, plan);
    if (await putAfter(env('requestsTable'), noted, request.version)) {
      return sinceThen(await finish({ ...noted, version: request.version + 1 }), decided, noted.deciding);
    }
    await turn(attempt);
  }
  throw new Conflict(`Request ${requestId} changed ${attempts} times while a person decided it.`);
}

async function gather(request: WrittenRequest): Promise<Facts> {
  const optOuts = await readOptOuts(touched(request).map(({ subject }) => subject));
  return { request, at: now(), present: presentOf(request, optOuts) };
}

function withNote({ request, at }: Facts, { by, seen, rule, words }: Decided, plan: Plan) {
  const { state, reason, dueAt, flags, answers, fields } = plan;
  const deciding: Deciding = { seen, step: { at, state, rule, reason, by, words, dueAt }, flags, answers, fields };
  return { ...request, deciding, open: 'deciding' as const, dueAt: request.dueAt ?? at };
}

/** The request with no decision of anybody else under way. What the same person left undone is done first. */
async function atRest(requestId: string, { by }: Acting): Promise<WrittenRequest | Refused> {
  for (let look = 0; look < looks; look += 1) {
    const request = await readRequest(requestId);
    if (!request) return { refused: `There is no request ${requestId}.` };
    if (request.state === 'received' && !request.deciding) {
      return { refused: 'This request is still being taken in. Look again in a minute.' };
    }
    if (!request.deciding) return request;
    if (request.deciding.step.by?.id === by.id || isLeft(request.deciding, now())) return finish(request);
    if (look === looks - 1) return { refused: underWay(request.deciding) };
    await pause(100);
  }
  throw new Conflict(`Request ${requestId} does not come to rest.`);
}

/** A decision takes a tenth of a second. */
const looks = 20;

const underWay = ({ step }: Deciding): string =>
  `${step.by?.name} is deciding this request at this very moment, so nothing of yours was done. Look again in a minute.`;

/** What the person is told: done, where the newest entry that they had not seen is their own. */
function sinceThen(request: WrittenRequest, { by, seen, rule, words }: Decided, noted?: Deciding): Outcome {
  const entries = request.history.filter(({ number }) => number > seen);
  const own = entries.findLast((entry) => entry.by?.id === by.id && entry.rule === rule && entry.words === words);
  const isDone = noted ? own?.at === noted.step.at : own !== undefined && entries.length === 1;
  const answers = noted ? noted.answers : lastAnswers(request);
  if (isDone) return { done: request, answered: answers.map(({ to }) => to).filter((to) => to !== '') };
  if (entries.length > 0 || !noted) return { changed: request, entries };
  return { refused: 'Something else happened at the same moment, so nothing was done. Look again and decide anew.' };
}

const lastAnswers = ({ lastAnswer }: WrittenRequest) => (lastAnswer ? [lastAnswer] : []);

export const newest = ({ history }: WrittenRequest): number => history.at(-1)?.number ?? 0;
