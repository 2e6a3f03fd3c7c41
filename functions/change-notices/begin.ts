import { now } from '../../shared/clock.ts';
import { log } from '../../shared/log.ts';
import { moveNotice, type Notice } from '../../shared/notices/notice.ts';
import { changeWorked, type Worked } from './claim-notice.ts';

/** Begins to send a notice that is due: from this moment on nobody joins its audience any more. */
export async function begin(work: Worked): Promise<void> {
  const at = now();
  const begun = await changeWorked(work, (notice) => (isDue(notice, at) ? beginning(notice, at) : undefined));
  if (begun) log.info('a notice begins', { noticeId: work.notice.noticeId });
}

const isDue = ({ state, sendAt }: Notice, at: string): boolean => state === 'scheduled' && sendAt <= at;

const beginning = (notice: Notice, at: string): Notice | undefined =>
  moveNotice(
    { ...notice, asOf: at, walk: { audience: 0, queued: 0, byBanner: 0, startedAt: at } },
    { at, state: 'sending', what: 'Sending began, to the members as of this moment.' },
  );
