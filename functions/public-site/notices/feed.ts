import { directionOf } from '../../../shared/notices/direction.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { pageUrl } from './page-url.ts';

/** What any site may know of the notices that are shown now: no HTML, and no more than a banner needs. */
export interface Feed {
  /** The newest first. */
  notices: FeedNotice[];
}

export interface FeedNotice {
  id: string;
  /** ISO 8601 in UTC. */
  from: string;
  until: string;
  effectiveOn: string;
  /** The language for readers of none of the others. */
  fallback: string;
  /** By language (BCP 47). */
  texts: Record<string, FeedText>;
}

export interface FeedText {
  title: string;
  summary: string;
  dir: 'ltr' | 'rtl';
  /** The notice's page. */
  url: string;
}

export async function feedOf(notices: Notice[]): Promise<Feed> {
  const shown = notices.filter(isShown).sort((a, b) => (a.asOf! < b.asOf! ? 1 : -1));
  return { notices: await Promise.all(shown.map(feedNotice)) };
}

/** Sending has begun, and nobody has called it off. */
export const isShown = ({ asOf, state }: Notice): boolean => asOf !== undefined && state !== 'cancelled';

async function feedNotice(notice: Notice): Promise<FeedNotice> {
  const { noticeId, asOf, bannerUntil, effectiveOn, fallback, texts } = notice;
  const languages = Object.keys(texts);
  const drawn = await Promise.all(languages.map(async (language) => [language, await feedText(notice, language)]));
  return { id: noticeId, from: asOf!, until: bannerUntil, effectiveOn, fallback, texts: Object.fromEntries(drawn) };
}

async function feedText({ noticeId, texts }: Notice, language: string): Promise<FeedText> {
  // Read Markdown only where there is a notice: most of the time there is none, and every cold start would pay.
  const { summarize } = await import('../../../shared/notices/render.ts');
  const { subject, markdown } = texts[language]!;
  const dir = directionOf(language);
  return { title: subject, summary: summarize(markdown), dir, url: pageUrl(noticeId, language) };
}
