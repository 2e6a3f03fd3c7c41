import { areRemovalsConfirmed } from '../../shared/members/imports.ts';
import { removeMembers, walkMembers } from '../../shared/members/sync.ts';
import type { Checked } from './check.ts';
import type { Progress } from './progress.ts';
import type { Upload } from './upload.ts';

/**
 * Decides, before anything is written, whether members that a full file does not name are removed: the ids of a file are
 * in memory (distinct-rows.ts), and one walk over the table counts who is absent. So a file that was cut off, or is of
 * another site, changes nothing at all. The problem is the rest of a sentence that begins with the file's name.
 */
export async function planRemovals(
  upload: Upload,
  progress: Progress,
  checked: Checked,
  onPage: () => Promise<void>,
): Promise<string | undefined> {
  const { members, absent } = await countAbsent(checked, onPage);
  if (absent > members * mostRemoved && !areRemovalsConfirmed(upload.key)) {
    progress.notes.push(whatToDo);
    return tooManyAbsent(absent, members);
  }
  progress.removes = absent > 0 && checked.unnamed === 0;
  if (absent > 0 && checked.unnamed > 0) progress.notes.push(nobodyRemoved(absent, checked.unnamed));
  return undefined;
}

/** Removes whom the file does not name; false when the time is up first. */
export async function removeAbsent(
  progress: Progress,
  { distinct }: Checked,
  step: () => Promise<boolean>,
): Promise<boolean> {
  progress.phase = 'remove';
  for await (const { memberIds, next } of walkMembers(progress.walk)) {
    progress.counts.removed += await removeMembers(memberIds.filter((memberId) => !distinct.names(memberId)));
    progress.walk = next;
    if (!(await step())) return next === undefined;
  }
  return true;
}

/** Share of the members. A site loses some between two files; more is a file that is not the whole directory. */
const mostRemoved = 0.05;

async function countAbsent({ distinct }: Checked, onPage: () => Promise<void>) {
  let members = 0;
  let absent = 0;
  for await (const { memberIds } of walkMembers()) {
    members += memberIds.length;
    absent += memberIds.filter((memberId) => !distinct.names(memberId)).length;
    await onPage();
  }
  return { members, absent };
}

const inWords = (count: number) => count.toLocaleString('en');

function tooManyAbsent(absent: number, members: number): string {
  const percent = ((100 * absent) / members).toFixed(1);
  return `does not name ${inWords(absent)} of the ${inWords(members)} members (${percent} %), and a full file may remove 5 % at most`;
}

const whatToDo =
  'See that the file holds the whole directory. If these members did leave, confirm it: npm run members -- import FILE --full --confirm-removals (or upload it under a name that ends in -removals-confirmed.csv).';

const nobodyRemoved = (absent: number, unnamed: number) =>
  `Nobody was removed: ${inWords(absent)} members are not in the file, but ${inWords(unnamed)} bad rows do not tell whose they are. Mend them and import the file again.`;
