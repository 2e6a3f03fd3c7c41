import { createHash } from 'node:crypto';
import { now } from '../../shared/clock.ts';
import type { DeliveryKey } from '../../shared/deliveries/store.ts';
import { evidenceKeys, keep } from '../../shared/evidence/store.ts';
import { apply, keptUntil } from '../../shared/requests/apply.ts';
import type { WrittenRequest } from '../../shared/requests/request.ts';
import { record } from '../../shared/requests/store.ts';

/** A member told their mail provider that our mail is spam. */
export interface Complaint extends DeliveryKey {
  memberId: string;
  at: string;
  /** As the provider named it: abuse, fraud … */
  kind?: string;
  /** The event of SES, as it came. */
  raw: string;
}

/**
 * Switches the member's marketing e-mail off, as a request of its own: so it is provable, stands at the desk with all
 * else that the member asked for, and the member can undo it. The same complaint is the same request, however often
 * SES tells of it. Returns the request's id.
 */
export async function recordComplaint(complaint: Complaint): Promise<string> {
  const request = await record(arrivalOf(complaint));
  const { requestId } = request;
  await keep(evidenceKeys.event(requestId), complaint.raw, 'application/json', keptUntil(request, now()));
  await apply(request);
  return requestId;
}

function arrivalOf({ batch, delivery, memberId, at, kind }: Complaint): Omit<WrittenRequest, 'requestId' | 'version'> {
  const about = batch.startsWith('N-')
    ? `a mail of the notice ${batch.slice(0, 'N-XXXX-XXXX'.length)}`
    : `our answer to ${batch}`;
  return {
    hash: createHash('sha256').update(`complaint ${batch} ${delivery}`).digest('hex'),
    channel: 'other',
    state: 'received',
    receivedAt: at,
    decision: {
      state: 'granted',
      rule: 'complaint',
      reason: `The member reported ${about} as spam, so they get no marketing e-mail.`,
      effects: [{ effect: 'block', memberId, subject: `member/${memberId}`, scopes: ['marketing-email'] }],
      answers: [],
    },
    summary: { subject: `Reported as spam${kind ? ` (${kind})` : ''}`, memberIds: [memberId] },
    // Nothing came as a file: the event is beside the history.
    arrival: { bucket: '', key: '' },
    thread: { references: [] },
    confirmations: {},
    history: [],
    who: `member/${memberId}`,
  };
}
