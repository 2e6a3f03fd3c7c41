import type { AudienceCount } from '../../../shared/notices/count-audience.ts';
import type { Audience, NoticeState } from '../../../shared/notices/notice.ts';
import type { Tone } from '../views/states.tsx';

/** What a state is called, and how its badge looks. */
export const stateWords: Record<NoticeState, { tone: Tone; words: string }> = {
  draft: { tone: 'quiet', words: 'Draft' },
  submitted: { tone: 'warn', words: 'Waits for approval' },
  scheduled: { tone: 'info', words: 'Scheduled' },
  sending: { tone: 'info', words: 'Being sent' },
  paused: { tone: 'danger', words: 'Paused' },
  sent: { tone: 'good', words: 'Sent' },
  cancelled: { tone: 'quiet', words: 'Cancelled' },
};

/** Whom it is for: "all members", "members who read German or French". */
export function audienceWords({ who, locales = [] }: Audience): string {
  if (who === 'managers') return 'members who manage a community';
  if (who !== 'locales') return 'all members';
  return `members who read ${new Intl.ListFormat('en', { type: 'disjunction' }).format(locales.map(languageWords))}`;
}

/** "German", "Brazilian Portuguese", or the code where nobody has a name for it. */
export function languageWords(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

export const count = (many: number): string => many.toLocaleString('en');

export const members = (many: number): string => (many === 1 ? '1 member' : `${count(many)} members`);

/** "at least" where the directory was too big to be counted to its end. */
export const counted = (many: number, { complete }: Pick<AudienceCount, 'complete'>): string =>
  complete ? members(many) : `at least ${members(many)}`;

/** How long sending takes, in the unit that a person would use. */
export function lasting(minutes: number): string {
  if (minutes <= 1) return 'about a minute';
  if (minutes < 90) return `about ${minutes} minutes`;
  if (minutes < 48 * 60) return `about ${Math.round(minutes / 60)} hours`;
  return `about ${Math.round(minutes / (24 * 60))} days`;
}

/** How long ago something was, as roughly as a person would say it. */
export function ago(since: string, at: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(at) - Date.parse(since)) / 1000));
  if (seconds < 90) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'} ago`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} minutes ago`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} hours ago`;
  return `${Math.round(seconds / (24 * 3600))} days ago`;
}

export const percent = (part: number, whole: number): string =>
  `${(whole === 0 ? 0 : (100 * part) / whole).toLocaleString('en', { maximumFractionDigits: 1 })} %`;

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
