import { addBusinessDays, holidaysOfStage } from '../../shared/calendar.ts';
import type { Digest, DigestGroup } from '../../shared/letters/letter.ts';
import { countTray, type Due, inTray } from '../../shared/requests/queue.ts';
import type { Tray } from '../../shared/requests/request.ts';

/** What the people at the desk should know today, each group with its first 50. */
export async function whatIsDue(at: string): Promise<Digest> {
  const soon = addBusinessDays(at, soonDays, holidaysOfStage());
  const groups = [
    group('overdue', decided, { dueBefore: at }),
    group('due-soon', decided, { dueBefore: soon, dueFrom: at }),
    group('held', ['held'], { dueBefore: soon }),
    group('asked', ['asked'], { dueBefore: at }),
  ];
  return { groups: await Promise.all(groups) };
}

/** Where a person decides by the due date. Suspected spam is looked at last, but it may be a request too. */
export const decided: Tray[] = ['review', 'spam', 'quarantined'];

export const soonDays = 3;
const mostListed = 50;

async function group(name: DigestGroup, trays: Tray[], due: Due): Promise<Digest['groups'][number]> {
  const [pages, counts] = await Promise.all([
    Promise.all(trays.map((tray) => inTray(tray, { ...due, limit: mostListed }))),
    Promise.all(trays.map((tray) => countTray(tray, due.dueBefore, due))),
  ]);
  const first = pages
    .flatMap(({ requests }) => requests.map(({ requestId, dueAt = '' }) => ({ requestId, dueAt })))
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
    .slice(0, mostListed);
  return { name, count: sum(counts), more: counts.some(({ more }) => more), first };
}

const sum = (counts: { count: number }[]): number => counts.reduce((total, { count }) => total + count, 0);
