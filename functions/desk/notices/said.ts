import type { NoticeEntry, NoticeState } from '../../../shared/notices/notice.ts';

/** What somebody else did meanwhile, in a sentence. */
export function saidBy(entries: NoticeEntry[]): string {
  const newest = entries.at(-1);
  if (!newest) return 'Somebody else was first.';
  const who = newest.by?.name ?? 'In Writing';
  return `${who} was first: “${newest.what}”`;
}

/** What has just been done, told once above the page. An address may say anything, so it is said only where it fits. */
export function said(what: string | undefined, state: NoticeState): string | undefined {
  const found = sayings[what ?? ''];
  return found?.states.includes(state) ? found.words : undefined;
}

const sayings: Record<string, { states: NoticeState[]; words: string } | undefined> = Object.assign(
  Object.create(null),
  {
    saved: { states: ['draft'], words: 'Saved. Nothing is sent yet.' },
    submitted: { states: ['submitted'], words: 'Submitted: it waits for another officer’s approval.' },
    approved: { states: ['scheduled', 'sending'], words: 'Approved: it is sent at its time.' },
    paused: {
      states: ['paused'],
      words: 'Paused: nobody else is told until somebody resumes it. Mails already handed over still go out.',
    },
    resumed: { states: ['sending', 'sent'], words: 'It goes on where it stopped.' },
    cancelled: { states: ['cancelled'], words: 'Cancelled: nobody else is told, and the site shows it no longer.' },
    unshown: { states: ['sent'], words: 'The banner ended: sites stop showing it within a minute or two.' },
    tested: {
      states: ['draft', 'submitted', 'scheduled', 'sending', 'paused'],
      words: 'The test mail is on its way to you.',
    },
  },
);
