import { type Flags, readFlags } from '../../../shared/clearance/known.ts';
import { findByAddress } from '../../../shared/members/directory.ts';
import { type Subject, stateOf } from '../../../shared/optouts/opt-out.ts';
import { subjectOf } from './links.ts';

export type Recipient = { member: string } | { address: string };

export type Answer = Recipient & { allowed: boolean; reason?: 'unsubscribed' | 'unknown'; since?: string };

/**
 * Whether offers may be mailed, in the order asked for. An address that several members share may get one only where
 * each of them wants it, and an address of nobody's none, since nobody there asked for any.
 */
export async function mayMailTo(recipients: readonly Recipient[]): Promise<Answer[]> {
  const subjects = await subjectsOfAll(recipients);
  const flags = await readFlags([...new Set(subjects.flat())]);
  return recipients.map((recipient, place) => ({ ...recipient, ...answerFor(subjects[place]!, flags) }));
}

function answerFor(subjects: Subject[], flags: Map<Subject, Flags>): Omit<Answer, keyof Recipient> {
  const states = subjects.map((subject) => ({
    ...flags.get(subject)!,
    ...stateOf(flags.get(subject)!.optOut, 'marketing-email'),
  }));
  const refusing = states.find(({ state }) => state !== 'clear');
  if (refusing) return { allowed: false, reason: 'unsubscribed', since: refusing.since };
  return states.some(({ known }) => known) ? { allowed: true } : { allowed: false, reason: 'unknown' };
}

/** The members behind each recipient: a query and a read for an address, some of them at once. */
async function subjectsOfAll(recipients: readonly Recipient[]): Promise<Subject[][]> {
  const found: Subject[][] = [];
  const left = recipients.entries();
  const worker = async () => {
    for (const [place, recipient] of left) {
      const members = 'member' in recipient ? [recipient.member] : await membersAt(recipient.address);
      found[place] = members.map(subjectOf);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, recipients.length) }, worker));
  return found;
}

const membersAt = async (address: string): Promise<string[]> =>
  (await findByAddress(address)).map(({ memberId }) => memberId);

const atOnce = 24;
