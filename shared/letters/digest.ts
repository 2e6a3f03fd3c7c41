import { longDate } from './dates.ts';
import type { Block, DigestGroup, Letter, LetterFacts } from './letter.ts';

/** The daily letter to the people at the desk. They work in English, as the desk does, so no locale has its own. */
export function digest({ digest: found = { groups: [] }, deskUrl = '', since, siteName }: LetterFacts): Letter {
  const groups = found.groups.filter(({ count }) => count > 0);
  const summary = groups.map(({ name, count, more }) => `${amount(count, more)} ${names[name].short}`).join(', ');
  return {
    subject: `Requests in writing: ${summary || 'nothing is due'}`,
    blocks: [
      `This is what waits at the desk of ${siteName} on ${longDate(since, 'en')}.`,
      ...groups.flatMap(({ name, count, more, first }): Block[] => [
        `${names[name].long} (${amount(count, more)}):`,
        first.map(({ requestId, dueAt }) => ({
          link: `${deskUrl}/requests/${requestId}`,
          words: `${requestId}, ${names[name].date} ${longDate(dueAt, 'en')}`,
        })),
        ...(more || count > first.length ? ['The others are on the desk.'] : []),
      ]),
      { link: deskUrl, words: 'Open the desk' },
    ],
  };
}

const names: Record<DigestGroup, { short: string; long: string; date: string }> = {
  overdue: { short: 'overdue', long: 'Overdue: decide these first', date: 'was due on' },
  'due-soon': { short: 'due soon', long: 'Due within three business days', date: 'due on' },
  held: {
    short: 'held without an answer',
    long: 'Held, and the member has not answered; these come to the desk when their time is over',
    date: 'until',
  },
  asked: {
    short: 'asked without an answer',
    long: 'The requester was asked something a month ago and has not answered',
    date: 'look again on',
  },
};

const amount = (count: number, more: boolean): string => (more ? `more than ${count}` : `${count}`);
