import { now } from '../clock.ts';
import { Conflict } from '../errors.ts';
import { getMembers } from '../members/directory.ts';
import { letGo } from '../optouts/opt-out.ts';
import { changeOptOut } from '../optouts/store.ts';
import { setFlags, takeStep } from './apply.ts';
import { union } from './by-person/covers.ts';
import { effects } from './effects.ts';
import { advance, type Effect, isClosed, type Scan, type WrittenRequest } from './request.ts';
import type { PaperFacts } from './scan-facts.ts';
import { paperFindings, paperReason } from './scan-findings.ts';
import { changeRequest } from './store.ts';

/**
 * Makes true what the paper of a request says: a hold where it asks and leads to somebody, and then a step in the
 * history. What is to be held is noted first, so that a person who decides in between knows of it and a redelivery
 * holds nothing else. Throws Conflict while a person's decision is under way: the paper waits for that.
 */
export async function settlePaper(request: WrittenRequest, facts: PaperFacts, scans: Scan[]): Promise<WrittenRequest> {
  const held = await effectsOf(request, facts);
  const noted = await changeRequest(request, (found) => withNote(found, facts, held));
  const holds = isClosed(noted.state) ? [] : held;
  await setFlags(noted, holds, { since: now() });
  const at = now();
  const after = await takeStep(noted, (found) => withStep(found, facts, scans, holds, at));
  // Closed in between, by somebody who saw nothing of the hold. A grant keeps it: that errs on the safe side.
  if (isClosed(after.state) && after.state !== 'granted') await letAllGo(after, holds);
  return after;
}

/** Whose images are held because of the paper: of the member to whom it leads, and of those whose mail brought it. */
async function effectsOf(request: WrittenRequest, { asks, certain }: PaperFacts): Promise<Effect[]> {
  const { channel, decision, summary } = request;
  const asksAlready = mailThatAsks.includes(decision.rule);
  const senders = asks && channel === 'email' ? summary.memberIds : [];
  const led = certain && (asks || asksAlready) ? [certain] : [];
  return effects('hold', await getMembers([...senders, ...led]));
}

/** Rules of mails that ask for it in their own words, so that the paper need only say who it is. */
const mailThatAsks = ['phrase-from-stranger', 'near-miss', 'automatic-with-phrase'];

function withNote(found: WrittenRequest, { certain }: PaperFacts, held: Effect[]): WrittenRequest | undefined {
  waitForPerson(found);
  if (isClosed(found.state)) return undefined;
  const { who, summary } = found;
  const isNew = certain !== undefined && !who?.startsWith('member/');
  const memberIds = isNew ? [...new Set([...summary.memberIds, certain])] : summary.memberIds;
  const covers = held.length > 0 ? union(found.covers ?? [], held) : found.covers;
  const same = !isNew && JSON.stringify(covers) === JSON.stringify(found.covers);
  return same
    ? undefined
    : { ...found, covers, who: isNew ? `member/${certain}` : who, summary: { ...summary, memberIds } };
}

function withStep(
  found: WrittenRequest,
  facts: PaperFacts,
  scans: Scan[],
  held: Effect[],
  at: string,
): WrittenRequest | undefined {
  waitForPerson(found);
  const ids = new Set(scans.map(({ scanId }) => scanId));
  const isRead = (scan: Scan) => ids.has(scan.scanId) && scan.state === 'waiting';
  if (!found.scans?.some(isRead)) return undefined;
  const read = found.scans.map((scan) => (isRead(scan) ? withEnd(scan) : scan));
  const findings = [...(found.findings ?? []), ...paperFindings(facts, scans)].slice(0, mostFindings);
  const reason = paperReason(facts, {
    scans,
    held: new Set(held.map(({ memberId }) => memberId)).size,
    closed: isClosed(found.state),
  });
  return advance({ ...found, scans: read, findings }, { at, state: found.state, rule: 'scan-read', reason });
}

const withEnd = (scan: Scan): Scan => ({ ...scan, state: scan.pages ? 'read' : 'unreadable' });

/** The item stays far below DynamoDB's 400 KB. */
const mostFindings = 60;

function waitForPerson({ requestId, deciding }: WrittenRequest): void {
  if (deciding) throw new Conflict(`A person decides ${requestId} at this moment, so its paper waits.`);
}

async function letAllGo({ requestId }: WrittenRequest, held: Effect[]): Promise<void> {
  const at = now();
  for (const { subject, scopes } of held) {
    await changeOptOut(subject, (optOut) => letGo(optOut, scopes, requestId, at));
  }
}
