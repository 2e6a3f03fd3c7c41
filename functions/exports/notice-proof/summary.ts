import type { Export } from '../../../shared/exports/export.ts';
import { hashOf } from '../../../shared/notices/draft.ts';
import type { Counts, Notice } from '../../../shared/notices/notice.ts';
import { totalOf } from '../../../shared/notices/tally.ts';
import { bannerOf } from '../../../shared/notices/told.ts';
import { dayAndTime } from '../dossier/wording.ts';
import type { ProofFile } from './notice-proof.ts';

/** What stands on the page to print. */
export interface Summary {
  title: string;
  made: string;
  facts: [string, string][];
  /** What became of each mail; the last row is their sum. */
  outcomes: [string, string, string][];
  /** How members were told, in the same way. */
  told: [string, string, string][];
  /** Whether the sum is the audience, in a sentence. */
  verdict: string;
  isWhole: boolean;
  history: [string, string, string][];
  files: ProofFile[];
}

export interface SummaryFacts {
  notice: Notice;
  job: Export;
  counts: Counts;
  files: ProofFile[];
}

export function summaryOf({ notice, job, counts, files }: SummaryFacts): Summary {
  const total = totalOf(counts);
  const share = (many: number): string => `${total === 0 ? 0 : ((100 * many) / total).toFixed(1)} %`;
  const row = (words: string, many: number): [string, string, string] => [
    words,
    many.toLocaleString('en'),
    share(many),
  ];
  const byMail = counts.delivered + counts.complained;
  const byBanner = counts.bounced + counts.failed + counts.byBanner;
  return {
    title: `Proof of notice ${notice.noticeId}: ${notice.title}`,
    made: `Made on ${dayAndTime(job.at)} for ${job.by.name}. All times are in UTC.`,
    facts: factsOf(notice),
    told: [
      row('Told by mail: it was delivered', byMail),
      row(`Told by the site alone, ${bannerWords(notice)}`, byBanner),
      row('Not yet: nobody knows that the mail arrived', counts.queued + counts.sent),
      row('Audience', total),
    ],
    outcomes: [
      row('Delivered', counts.delivered),
      row('Delivered, and marked as spam by the reader', counts.complained),
      row('Handed to SES, nothing heard yet', counts.sent),
      row('Queued', counts.queued),
      row('Bounced', counts.bounced),
      row('Refused by SES, or cancelled before it was sent', counts.failed),
      row('No mail, since an earlier one bounced', counts.byBanner),
      row('Audience', total),
    ],
    ...verdictOf(notice, total),
    history: notice.history.map(({ at, by, what }) => [dayAndTime(at), by?.name ?? 'In Writing', what]),
    files,
  };
}

/** A member counts as told by the banner only while it shows. */
function bannerWords(notice: Notice): string {
  const shown = bannerOf(notice);
  return shown
    ? `from ${dayAndTime(shown.from)} until ${dayAndTime(shown.until)} and no longer`
    : 'which has not begun';
}

function verdictOf(notice: Notice, total: number): { verdict: string; isWhole: boolean } {
  const { walk } = notice;
  const members = (many: number) => `${many.toLocaleString('en')} ${many === 1 ? 'member' : 'members'}`;
  if (!walk?.doneAt) {
    const state = notice.state === 'cancelled' ? 'It was cancelled before everybody was told' : 'Sending has not ended';
    return { verdict: `${state}: so far there are records of ${members(total)}.`, isWhole: false };
  }
  if (walk.audience === total) {
    return {
      verdict: `The records add up: ${members(total)} of an audience of ${total.toLocaleString('en')}.`,
      isWhole: true,
    };
  }
  const verdict = `The records do not add up: ${members(total)}, and the audience was counted as ${walk.audience.toLocaleString('en')}.`;
  return { verdict, isWhole: false };
}

function factsOf(notice: Notice): [string, string][] {
  const { by, submittedBy, approvedBy, asOf, walk, effectiveOn, hash, audience, texts } = notice;
  const facts: [string, string | undefined][] = [
    ['Audience', audienceWords(audience)],
    ['Members as of', asOf && dayAndTime(asOf)],
    ['Handed over', walk && `${dayAndTime(walk.startedAt)} to ${walk.doneAt ? dayAndTime(walk.doneAt) : 'now'}`],
    ['Takes effect', effectiveOn],
    ['On the site', bannerWords(notice)],
    ['Languages', Object.keys(texts).join(', ')],
    ['Written by', by.name],
    ['Submitted by', submittedBy?.name],
    ['Approved by', approvedBy?.name],
    ['SHA-256', hash],
    [
      'Unchanged',
      hash && (hash === hashOf(notice) ? 'Yes: notice.json has this hash.' : 'NO: notice.json has another hash.'),
    ],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

const audienceWords = ({ who, locales = [] }: Notice['audience']): string =>
  ({
    all: 'All members',
    managers: 'Members who manage a community',
    locales: `Members who read ${locales.join(', ')}`,
  })[who];
