import { addDays } from '../../../shared/clock.ts';
import type { Tray } from '../../../shared/requests/request.ts';
import { soonDays } from '../views/times.tsx';

/** One tab of the queue. */
export interface TrayTab {
  name: TrayName;
  words: string;
  tray: Tray;
  /** Only what is due before this moment. */
  dueBefore?: (now: string) => string;
  /** What waits here, for whom, and what to do when nothing does. */
  empty: { title: string; sentence: string };
}

/** What is being decided waits for no person. */
export type TrayName = Exclude<Tray, 'deciding'> | 'due';

/** In the order of the tabs. */
export const trayTabs: TrayTab[] = [
  {
    name: 'review',
    words: 'To decide',
    tray: 'review',
    empty: {
      title: 'Nothing waits for a decision',
      sentence:
        'New requests come in by mail and fax by themselves. If a letter lies on your table, upload a scan of it.',
    },
  },
  {
    name: 'due',
    words: 'Due soon',
    tray: 'review',
    dueBefore: (now) => addDays(now, soonDays),
    empty: {
      title: 'Nothing is due soon',
      sentence: `Here is what has to be decided within ${soonDays} days, and what is overdue. The others are under To decide.`,
    },
  },
  {
    name: 'held',
    words: 'Held',
    tray: 'held',
    empty: {
      title: 'No member is being asked',
      sentence:
        'Requests wait here while a member has yet to confirm by a link that they wrote them. Their images are on hold meanwhile. After 7 days a request moves to To decide.',
    },
  },
  {
    name: 'asked',
    words: 'Asked',
    tray: 'asked',
    empty: {
      title: 'Nobody has been asked anything',
      sentence:
        'When you ask a requester something, their request waits here until they answer. The clock stands still meanwhile.',
    },
  },
  {
    name: 'spam',
    words: 'Suspected spam',
    tray: 'spam',
    empty: {
      title: 'No suspected spam',
      sentence: 'Mail that looks like spam waits here until a person has looked at it. Nothing is thrown away unread.',
    },
  },
  {
    name: 'quarantined',
    words: 'Quarantined',
    tray: 'quarantined',
    empty: {
      title: 'Nothing is quarantined',
      sentence: 'Mail with a virus waits here. You see who wrote and when, but not what it holds.',
    },
  },
];

/** The tab of this name, else the first. */
export const trayTab = (name?: string): TrayTab => trayTabs.find((tab) => tab.name === name) ?? trayTabs[0]!;
