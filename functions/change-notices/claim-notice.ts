import { addSeconds, now } from '../../shared/clock.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { changeNotice } from '../../shared/notices/store.ts';

/** A notice that this run works on. `change` writes to it for as long as no other run has taken it over. */
export interface Worked {
  /** As it was last written or read; officers may have stepped in since. */
  notice: Notice;
  /** Which run this is. */
  id: string;
}

/**
 * Claims a notice for one run, so that runs which overlap do not do the same twice, nor queue more than one minute's
 * share. That nothing is lost or doubled does not depend on it: every write is conditional, every page can be repeated.
 * Undefined where another run has it. A run that was killed is followed by the next one after the lease.
 */
export async function claimNotice(notice: Notice, id: string): Promise<Worked | undefined> {
  const after = await changeNotice(notice, (found) => (isFree(found, id) ? leased(found, id) : undefined));
  return after.worker?.id === id ? { notice: after, id } : undefined;
}

/**
 * Writes what `change` makes of the notice, and renews the lease. False where another run has taken it over, or
 * `change` finds nothing to do.
 */
export async function changeWorked(
  work: Worked,
  change: (notice: Notice) => Notice | undefined,
  prepare?: (wanted: Notice) => Promise<unknown>,
): Promise<boolean> {
  let changed = false;
  work.notice = await changeNotice(
    work.notice,
    (found) => {
      const after = found.worker?.id === work.id ? change(found) : undefined;
      changed = after !== undefined;
      return after && leased(after, work.id);
    },
    prepare,
  );
  return changed;
}

/** The next run need not wait. */
export async function release(work: Worked): Promise<void> {
  await changeNotice(work.notice, (found) =>
    found.worker?.id === work.id ? { ...found, worker: undefined } : undefined,
  );
}

const isFree = ({ worker }: Notice, id: string): boolean => !worker || worker.id === id || worker.until <= now();

const leased = (notice: Notice, id: string): Notice => ({
  ...notice,
  worker: { id, until: addSeconds(now(), leaseSeconds) },
});

/** Longer than a page takes, which renews it. */
const leaseSeconds = 20;
