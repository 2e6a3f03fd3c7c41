import { checkNotice } from './check.ts';
import { hasAudience } from './count-audience.ts';
import { hashOf } from './draft.ts';
import { moveNotice, type Notice, type NoticeEntry, withEntry } from './notice.ts';
import { type Acting, gone, type Outcome, type Seeing, whoWasFirst } from './outcome.ts';
import { changeNotice, readNotice } from './store.ts';
import { bannerOf } from './told.ts';

/** Asks for approval. What is approved is exactly this: its hash is kept. */
export async function submitNotice(noticeId: string, acting: Seeing): Promise<Outcome> {
  const { by, at, seen } = acting;
  const notice = await readNotice(noticeId);
  if (!notice) return gone;
  if (notice.state === 'submitted' && notice.submittedBy?.id === by.id) return { done: notice };
  if (notice.version !== seen) return whoWasFirst(notice, seen);
  const faults = checkNotice(notice, at);
  if (faults.length > 0) return { faults };
  if (!(await hasAudience(notice, at))) return { faults: [nobody] };
  return step(notice, 'submitted', (found) =>
    found.version === seen
      ? moveNotice(
          { ...found, hash: hashOf(found), submittedBy: by },
          { at, state: 'submitted', what: 'Submitted for approval.', by },
        )
      : undefined,
  );
}

const nobody = {
  field: 'audience',
  sentence: 'No member belongs to this audience, so nobody would be told: choose another.',
} as const;

/**
 * Approves what the officer saw, by its hash, and so schedules it. Where the stage asks for a second officer, whoever
 * wrote it last or submitted it cannot be the one.
 */
export async function approveNotice(
  noticeId: string,
  acting: Acting & { hash: string; secondOfficer: boolean },
): Promise<Outcome> {
  const { by, at, hash } = acting;
  const notice = await readNotice(noticeId);
  if (!notice) return gone;
  if (notice.hash === hash && notice.approvedBy?.id === by.id) return { done: notice };
  if (notice.state !== 'submitted' || notice.hash !== hash) return whoWasFirst(notice);
  if (acting.secondOfficer && isOwn(notice, by)) return { refused: ownWork };
  const faults = checkNotice(notice, at);
  if (faults.length > 0) return { faults };
  return step(notice, 'scheduled', (found) =>
    found.state === 'submitted' && found.hash === hash
      ? moveNotice({ ...found, approvedBy: by }, { at, state: 'scheduled', what: 'Approved and scheduled.', by })
      : undefined,
  );
}

/** Whether an officer wrote it last or submitted it. */
export const isOwn = ({ submittedBy, editedBy, by }: Notice, officer: { id: string }): boolean =>
  [submittedBy, editedBy ?? by].some((author) => author?.id === officer.id);

export const ownWork = 'You wrote or submitted it yourself: another officer has to approve it.';

/** Ends it for good. What is on its way already still arrives. */
export const cancelNotice = (noticeId: string, acting: Acting): Promise<Outcome> =>
  actOn(noticeId, 'cancelled', (notice) =>
    moveNotice(notice, { ...entryOf(acting), state: 'cancelled', what: 'Cancelled.' }),
  );

/** Stops after the members who are being queued at this moment. */
export const pauseNotice = (noticeId: string, acting: Acting): Promise<Outcome> =>
  actOn(noticeId, 'paused', (notice) => moveNotice(notice, { ...entryOf(acting), state: 'paused', what: 'Paused.' }));

/** Goes on where it stopped. The limits of bounces and complaints begin anew: an officer has looked at them. */
export const resumeNotice = (noticeId: string, acting: Acting): Promise<Outcome> =>
  actOn(noticeId, 'sending', (notice) =>
    notice.state === 'paused'
      ? moveNotice({ ...notice, limitsFrom: notice.tally }, { ...entryOf(acting), state: 'sending', what: 'Resumed.' })
      : undefined,
  );

/** The site stops showing what is sent. It stays sent, and what was approved stays as it was: this is a fact beside it. */
export async function endBanner(noticeId: string, acting: Acting): Promise<Outcome> {
  const notice = await readNotice(noticeId);
  if (!notice) return gone;
  const after = await changeNotice(notice, (found) => withoutBanner(found, acting));
  return after.bannerEndedAt ? { done: after } : { refused: 'The site does not show it, or it is still being sent.' };
}

function withoutBanner(notice: Notice, { by, at }: Acting): Notice | undefined {
  if (!canEndBanner(notice, at)) return undefined;
  const history = withEntry(notice, { at, state: notice.state, what: 'Ended the banner.', by });
  return { ...notice, bannerEndedAt: at, showing: undefined, history };
}

/** Before it is sent, members would not be told as was approved: then it can be cancelled. */
export const canEndBanner = (notice: Notice, at: string): boolean =>
  notice.state === 'sent' && (bannerOf(notice)?.until ?? '') > at;

const entryOf = ({ at, by }: Acting): Pick<NoticeEntry, 'at' | 'by'> => ({ at, by });

/** For steps that may be taken whatever else happened meanwhile: change-notices writes all the time while it sends. */
async function actOn(
  noticeId: string,
  wanted: Notice['state'],
  move: (notice: Notice) => Notice | undefined,
): Promise<Outcome> {
  const notice = await readNotice(noticeId);
  if (!notice) return gone;
  return step(notice, wanted, (found) => (found.state === wanted ? undefined : move(found)));
}

async function step(
  notice: Notice,
  wanted: Notice['state'],
  change: (notice: Notice) => Notice | undefined,
): Promise<Outcome> {
  const after = await changeNotice(notice, change);
  return after.state === wanted ? { done: after } : whoWasFirst(after);
}
