import type { Member } from '../../../../shared/members/member.ts';
import {
  block,
  emptyOptOut,
  hold,
  letGo,
  type OptOut,
  type Scope,
  type Subject,
  stateOf,
} from '../../../../shared/optouts/opt-out.ts';
import { presentOf, union } from '../../../../shared/requests/by-person/covers.ts';
import { planDecline } from '../../../../shared/requests/by-person/decline.ts';
import { planDismiss } from '../../../../shared/requests/by-person/dismiss.ts';
import { withStep } from '../../../../shared/requests/by-person/finish.ts';
import { applyFlag } from '../../../../shared/requests/by-person/flags.ts';
import { planGrant } from '../../../../shared/requests/by-person/grant.ts';
import { grantedOf } from '../../../../shared/requests/by-person/heirs.ts';
import { standsByWord } from '../../../../shared/requests/by-person/members-word.ts';
import { planMerge } from '../../../../shared/requests/by-person/merge.ts';
import { needsOpen } from '../../../../shared/requests/by-person/open-only.ts';
import type { Refused } from '../../../../shared/requests/by-person/outcome.ts';
import { planReopen } from '../../../../shared/requests/by-person/reopen.ts';
import type { Facts, Plan } from '../../../../shared/requests/by-person/settle.ts';
import { stateAfterAnswers } from '../../../../shared/requests/confirm.ts';
import { advance, type Cover, isClosed, type WrittenRequest } from '../../../../shared/requests/request.ts';

export const member: Member = {
  memberId: 'm1',
  handle: 'ann',
  name: 'Ann Example',
  primaryEmail: 'ann@members.test',
  otherEmails: [],
  manages: ['c1'],
};

export const everything: Cover[] = [
  { subject: 'member/m1', scopes: ['profile-images'] },
  { subject: 'community/c1', scopes: ['header-graphic', 'pages'] },
];

const by = { id: 'p1', name: 'Rita Reviewer' };
const at = '2026-11-24T10:00:00.000Z';

export const request = (requestId: string, fields: Partial<WrittenRequest> = {}): WrittenRequest => ({
  requestId,
  hash: 'ab',
  channel: 'email',
  state: 'review',
  receivedAt: '2026-11-22T10:00:00.000Z',
  decision: { state: 'review', rule: 'near-miss', reason: 'x', effects: [], answers: [] },
  summary: { memberIds: ['m1'] },
  arrival: { bucket: 'b', key: 'k' },
  thread: { references: [] },
  confirmations: {},
  history: [],
  who: 'member/m1',
  version: 1,
  ...fields,
});

export type Kind = 'own-word' | 'in-effect' | 'held' | 'near-miss' | 'letter';

/** What the desk works on, without tables: the same pure functions, on maps. */
export function deskWorld(kinds: Kind[]) {
  const optOuts = new Map<Subject, OptOut>(everything.map(({ subject }) => [subject, emptyOptOut(subject)]));
  const requests = new Map<string, WrittenRequest>();
  for (const [place, kind] of kinds.entries()) arrive(`W-${place + 1}`, kind);

  function change(subject: Subject, edit: (optOut: OptOut) => OptOut) {
    optOuts.set(subject, edit(optOuts.get(subject)!));
  }

  function arrive(id: string, kind: Kind): void {
    if (requests.has(id)) return;
    const flag = { 'own-word': block, 'in-effect': undefined, held: hold, 'near-miss': hold, letter: undefined }[kind];
    const blocked = everything.every(({ subject, scopes }) =>
      scopes.every((scope) => stateOf(optOuts.get(subject)!, scope).state === 'blocked'),
    );
    // As `decide` has it: who asks again for what is blocked changes nothing.
    const inEffect = kind === 'in-effect' || (kind === 'own-word' && blocked);
    const state = inEffect || kind === 'own-word' ? 'granted' : kind === 'held' ? 'held' : 'review';
    if (kind === 'in-effect' && !blocked) {
      arrive(id, 'own-word');
      return;
    }
    const effect = flag === block ? ('block' as const) : ('hold' as const);
    const effects = flag && !inEffect ? everything.map((cover) => ({ effect, memberId: 'm1', ...cover })) : [];
    const rule = inEffect ? 'already-in-effect' : kind;
    for (const { subject, scopes } of effects) change(subject, (optOut) => flag!(optOut, scopes, id, at));
    const arrived = request(id, { state: 'received', decision: { state, rule, reason: 'x', effects, answers: [] } });
    requests.set(id, advance(arrived, { at, state, rule, reason: 'x' })!);
  }

  function factsOf(found: WrittenRequest): Facts {
    return { request: found, at, present: presentOf(found, optOuts) };
  }

  const heirsOf = (id: string) =>
    [...requests.values()]
      .filter(({ requestId }) => requestId !== id)
      .map((other) => ({ requestId: other.requestId, covers: grantedOf(other, member) }));

  /** Plans, notes, changes as many flags as the crash leaves time for, and only then takes the step. */
  function settle(id: string, plan: (facts: Facts) => Plan | Refused, crashAfter = Number.POSITIVE_INFINITY) {
    finish(id);
    const found = requests.get(id);
    if (!found) return undefined;
    const planned = plan(factsOf(found));
    if ('refused' in planned) return planned.refused;
    const { state, reason, dueAt, flags, answers, fields } = planned;
    const step = { at, state, rule: 'decided', reason, dueAt, by };
    const deciding = { seen: found.history.length, step, flags, answers, fields };
    requests.set(id, { ...found, deciding });
    return finish(id, crashAfter);
  }

  function finish(id: string, crashAfter = Number.POSITIVE_INFINITY) {
    const noted = requests.get(id);
    if (!noted?.deciding) return undefined;
    const { flags, fields } = noted.deciding;
    const other = fields.mergedInto && requests.get(fields.mergedInto);
    if (other) {
      const taken = flags.filter(({ requestId }) => requestId === other.requestId);
      requests.set(other.requestId, { ...other, covers: union(other.covers ?? [], taken) });
    }
    for (const flag of flags.slice(0, crashAfter))
      change(flag.subject, (optOut) => applyFlag(optOut, flag, id, at, heirsOf(id)));
    if (crashAfter < flags.length) return undefined;
    requests.set(id, withStep(noted, noted.deciding)!);
    return undefined;
  }

  const openly = (plan: (facts: Facts) => Plan | Refused) => (facts: Facts) => needsOpen(facts.request) ?? plan(facts);

  return {
    requests,
    optOuts,
    arrive,
    finish,
    grant: (id: string, grants: Cover[], crash?: number) =>
      settle(
        id,
        openly((facts) => planGrant(facts, { member, grants }, [])),
        crash,
      ),
    decline: (id: string, crash?: number) =>
      settle(
        id,
        openly((facts) => standsByWord(facts.request) ?? planDecline(facts, 'other', [], 'No.')),
        crash,
      ),
    dismiss: (id: string, crash?: number) => settle(id, openly(planDismiss), crash),
    reopen: (id: string, crash?: number) => settle(id, (facts) => planReopen(facts, at), crash),
    /** A merge is refused, not cut short, where the other request is being decided. */
    merge: (id: string, into: string, crash?: number) => {
      finish(into);
      if (!requests.has(into)) return undefined;
      return settle(
        id,
        openly((facts) => planMerge(facts, requests.get(into)!, ['member/m1', 'community/c1'])),
        crash,
      );
    },
    /** A reply comes in: closed requests are open again, and the flags stay. */
    reply(id: string) {
      const found = requests.get(id);
      if (!found) return;
      const state = isClosed(found.state) ? 'review' : found.state;
      requests.set(id, advance(found, { at, state, rule: 'reply', reason: 'A reply came in.' })!);
    },
    /** The member answers the link of a mail that was held, as shared/requests/confirm.ts does it. */
    confirm(id: string, said: 'yes' | 'no') {
      finish(id);
      const found = requests.get(id);
      const { effects = [], state } = found?.decision ?? {};
      if (!found || state !== 'held' || isClosed(found.state) || found.confirmations.m1) return;
      for (const { subject, scopes } of effects) {
        change(subject, (optOut) => (said === 'yes' ? block : letGo)(optOut, scopes, id, at));
      }
      const noted = { ...found, confirmations: { m1: said } };
      requests.set(id, advance(noted, { at, state: stateAfterAnswers(noted), rule: said, reason: 'x' })!);
    },
    stateOf: (subject: Subject, scope: Scope) => stateOf(optOuts.get(subject)!, scope).state,
  };
}

export type DeskWorld = ReturnType<typeof deskWorld>;
