import { foldHandle } from '../../shared/members/fold.ts';
import type { ReadRow } from '../../shared/members/rows.ts';
import { firstLines } from './first-lines.ts';

/**
 * Who is in a file, and which of its rows are the first to name a member and a handle. Learnt in one pass over the whole
 * file at the start of every invocation (some seconds for a million rows), so nothing of it has to be kept in between.
 *
 * A handle that the table still shows with another member is no objection: people rename, and a file may name the new
 * owner before the old one. Only two rows of one file contradict each other.
 */
export function distinctRows() {
  const lines = firstLines();

  return {
    note(read: ReadRow): void {
      if ('reason' in read) {
        if (read.memberId !== undefined) lines.mention(memberText(read.memberId));
        return;
      }
      const { memberId, handle } = read.row;
      const isFirst = lines.claim(memberText(memberId), read.line);
      if (isFirst && handle !== undefined) lines.claim(handleText(handle), read.line);
    },
    /** Why a row cannot be used, once all rows have been noted. */
    objection(read: ReadRow): string | undefined {
      if ('reason' in read) return read.reason;
      const { memberId, handle } = read.row;
      const memberLine = lines.lineOf(memberText(memberId));
      if (memberLine !== read.line) return `the memberId "${memberId}" stands on line ${memberLine} already`;
      const handleLine = handle === undefined ? read.line : lines.lineOf(handleText(handle));
      return handleLine === read.line ? undefined : `the handle "${handle}" stands on line ${handleLine} already`;
    },
    /** Also by a row that cannot be used: a member with a typing mistake in their row has not left. */
    names: (memberId: string): boolean => lines.has(memberText(memberId)),
  };
}

export type DistinctRows = ReturnType<typeof distinctRows>;

const memberText = (memberId: string) => `member/${memberId}`;
const handleText = (handle: string) => `handle/${foldHandle(handle)}`;
