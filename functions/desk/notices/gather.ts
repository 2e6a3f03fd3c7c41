import { now } from '../../../shared/clock.ts';
import { testBatch } from '../../../shared/deliveries/notices-queue.ts';
import { type Delivery, deliveriesOf } from '../../../shared/deliveries/of-request.ts';
import { env } from '../../../shared/env.ts';
import { checkNotice } from '../../../shared/notices/check.ts';
import { countAudience } from '../../../shared/notices/count-audience.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Fault } from '../views/messages.tsx';
import { atFields } from './faults.ts';

/** What the page of a notice shows besides the notice. */
export interface Gathered {
  notice: Notice;
  at: string;
  /** What keeps it from being submitted or approved. */
  faults: Fault[];
  /** The last test mails. */
  tests: Delivery[];
  /** How many there are to tell, while the walk has not come to its end. */
  expected?: number;
  secondOfficer: boolean;
}

export async function gather(notice: Notice): Promise<Gathered> {
  const at = now();
  const isOpen = ['draft', 'submitted', 'scheduled'].includes(notice.state);
  const [tests, expected] = await Promise.all([
    isOpen ? deliveriesOf(testBatch(notice.noticeId), 20) : [],
    notice.walk && !notice.walk.doneAt ? expectedOf(notice) : undefined,
  ]);
  const faults = isOpen ? atFields(checkNotice(notice, at)) : [];
  return { notice, at, faults, tests, expected, secondOfficer: env('secondOfficer') === 'yes' };
}

/** For a bar and an estimate; a page does not wait longer for that. */
async function expectedOf(notice: Notice): Promise<number | undefined> {
  const found = await countAudience(notice, { at: notice.asOf ?? now(), seconds: 2 });
  return found.complete ? found.members : undefined;
}
