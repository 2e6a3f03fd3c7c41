import { createHash } from 'node:crypto';
import { addMonths } from '../clock.ts';
import { type OptOut, type Scope, type State, type Subject, stateOf } from '../optouts/opt-out.ts';
import type { Cleared } from './cleared.ts';

/**
 * One thing to take down: images of one scope that a campaign was told it may use, and that a later request reached.
 * Whether they may be used again by now is derived from the opt-out and never stored here.
 */
export interface Recall {
  /** Made from all that tells it from others, so that it is opened once however often a step is repeated. */
  recallId: string;
  campaign: string;
  /** As the campaign gave it. */
  contact: string;
  subject: Subject;
  scope: Scope;
  /** The request that says no, and when it came. */
  requestId: string;
  requestedAt: string;
  /** The check that cleared it. */
  checkId: string;
  clearedAt: string;
  openedAt: string;
  standing: Standing;
  /** When it came to stand there: the order of the index. */
  movedAt: string;
  /** What people did, oldest first. */
  steps: RecallStep[];
  version: number;
}

export type Standing = 'open' | 'done';

export interface RecallStep {
  at: string;
  standing: Standing;
  by: { id: string; name: string };
  /** What was done about it, or why not. */
  words?: string;
}

/** The request that has just changed an opt-out. */
export interface Asking {
  requestId: string;
  /** ISO 8601: when it came. */
  receivedAt: string;
}

/**
 * What is to be recalled of a campaign because the request holds or blocks the subject. Where another request said no
 * before it, and nothing was cleared since, that one's recall is enough: a hundred forged mails recall once. Of two at
 * the same moment the earlier one, or else the one with the lower id, is never left out.
 */
export function recallsFor(optOut: OptOut, asking: Asking, cleared: Cleared, at: string): Recall[] {
  return Object.entries(cleared.scopes).flatMap(([name, clearing]) => {
    const scope = name as Scope;
    const { holds = {}, blockedBy = {} } = optOut.scopes[scope] ?? {};
    const reasons = Object.entries({ ...holds, ...blockedBy });
    const own = reasons.find(([requestId]) => requestId === asking.requestId);
    if (!own || clearing.at < addMonths(at, -recallMonths)) return [];
    const isRecalled = reasons.some((other) => isBefore(other, own) && clearing.at < other[1]);
    return isRecalled ? [] : [open(cleared, scope, asking, at)];
  });
}

/**
 * A clearing that is older recalls nothing, so that what there is to recall of a subject has a bound. California asks
 * for records of 24 months, and what an older check said may be gone; who still uses the images has to check before
 * each use anyway.
 */
const recallMonths = 24;

const isBefore = ([id, since]: [string, string], [ownId, ownSince]: [string, string]): boolean =>
  id !== ownId && (since < ownSince || (since === ownSince && id < ownId));

function open({ campaign, contact, subject, scopes }: Cleared, scope: Scope, asking: Asking, at: string): Recall {
  const { checkId, at: clearedAt } = scopes[scope]!;
  const { requestId, receivedAt: requestedAt } = asking;
  const key = JSON.stringify([campaign, subject, scope, requestId, checkId]);
  return {
    recallId: createHash('sha256').update(key).digest('hex').slice(0, 26),
    ...{ campaign, contact, subject, scope, requestId, requestedAt, checkId, clearedAt },
    ...{ openedAt: at, standing: 'open', movedAt: at, steps: [], version: 0 },
  };
}

/** The recall as a person leaves it; undefined where it stands there already. */
export function moved(recall: Recall, step: RecallStep): Recall | undefined {
  if (recall.standing === step.standing) return undefined;
  return {
    ...recall,
    standing: step.standing,
    movedAt: step.at,
    steps: [...recall.steps, step].slice(-keptSteps),
  };
}

const keptSteps = 50;

/** What is true of the images now: a request may have been declined since, or another one have come. */
export const presentState = ({ scope }: Recall, optOut: Pick<OptOut, 'scopes'>): State => stateOf(optOut, scope).state;

/** Middle of some durations; undefined of none. */
export function median(durations: number[]): number | undefined {
  const sorted = durations.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** Milliseconds from the request to its recall, and to when a person had it done. */
export const untilOpened = ({ requestedAt, openedAt }: Recall): number => between(requestedAt, openedAt);
export const untilDone = ({ requestedAt, movedAt }: Recall): number => between(requestedAt, movedAt);

const between = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));
