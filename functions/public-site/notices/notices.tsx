import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { etag } from 'hono/etag';
import { timeout } from 'hono/timeout';
import { errorName, reasonOf } from '../../../shared/errors.ts';
import { log } from '../../../shared/log.ts';
import { languageFor } from '../../../shared/notices/audience.ts';
import { showingNotices } from '../../../shared/notices/list.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { isNoticeId } from '../../../shared/notices/notice-id.ts';
import { readNotice } from '../../../shared/notices/store.ts';
import { feedOf, isShown } from './feed.ts';
import { listPage, noticePage, problemPage } from './pages.tsx';
import { recently } from './recent.ts';
import { chooseNoticeWords } from './words.ts';

/** Notices as the site shows them: the feed that banners on any site are made from, a page for each, and a list. */
export const notices = new Hono();

// Sooner than the function's own limit of 10 s, so that the reader gets a page.
notices.use(timeout(8_000));

notices.get('/current.json', etag(), async (context) => {
  const feed = await currentFeed();
  const left = feed.notices.map(({ until }) => Math.floor((Date.parse(until) - Date.now()) / 1000));
  const maxAge = Math.max(0, Math.min(freshSeconds, ...left));
  context.header('Cache-Control', `public, max-age=${maxAge}, stale-while-revalidate=${freshSeconds}`);
  return context.json(feed);
});

notices.get('/', async (context) => {
  const words = chooseNoticeWords(context);
  const published = (await publishedNotices()).filter(isShown).sort((a, b) => (a.asOf! < b.asOf! ? 1 : -1));
  const now = new Date().toISOString();
  const listed = published.map((notice) => ({
    notice,
    language: readerLanguage(context, notice),
    isCurrent: notice.bannerUntil > now,
  }));
  forReaders(context);
  return context.html(listPage(listed, words));
});

notices.get('/:id', async (context) => {
  const notice = await findPublished(context.req.param('id').toUpperCase());
  if (!notice) return unknown(context);
  const language = readerLanguage(context, notice);
  const { renderBody } = await import('../../../shared/notices/render.ts');
  const body = renderBody(notice.texts[language]!.markdown);
  forReaders(context);
  return context.html(noticePage(notice, language, body, chooseNoticeWords(context, language)));
});

notices.get('*', (context) => unknown(context));
notices.all('*', (context) => {
  context.header('Allow', 'GET, HEAD');
  return unknown(context, 405);
});

notices.onError((error, context) => {
  log.error('notice page failed', { error: errorName(error), reason: reasonOf(error) });
  const words = chooseNoticeWords(context);
  context.header('Retry-After', '60');
  context.header('Cache-Control', 'no-store');
  return context.html(problemPage(words.unavailable, words), 503);
});

/** How long a browser shows what it has: a banner comes and goes as late as this. */
const freshSeconds = 60;
const rememberedFor = 2_000;

const currentFeed = recently(async () => feedOf(await showingNotices(new Date().toISOString())), rememberedFor);

/** As many as one query gives, those that ended long ago left out. */
const publishedNotices = recently(() => showingNotices('0', 20), rememberedFor);

/** Undefined for a notice that nobody has been told of yet: until then it is a draft. */
async function findPublished(noticeId: string): Promise<Notice | undefined> {
  const notice = isNoticeId(noticeId) ? await readNotice(noticeId) : undefined;
  return notice?.asOf ? notice : undefined;
}

/** The language that the address asks for, else the first of the browser's that the notice has, else its fallback. */
function readerLanguage(context: Context, { texts, fallback }: Notice): string {
  const asked = context.req.query('lang');
  if (asked && Object.hasOwn(texts, asked)) return asked;
  return accepts(context, {
    header: 'Accept-Language',
    supports: Object.keys(texts),
    default: fallback,
    match: (accepted) =>
      accepted
        .filter(({ q }) => q > 0)
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => languageFor({ locale: type }, { texts, fallback: '' }))
        .find(Boolean) ?? fallback,
  });
}

function forReaders(context: Context): void {
  context.header('Cache-Control', `public, max-age=${freshSeconds}`);
  context.header('Vary', 'Accept-Language');
}

function unknown(context: Context, status: 404 | 405 = 404) {
  const words = chooseNoticeWords(context);
  context.header('Cache-Control', 'no-store');
  return context.html(problemPage(words.unknown, words), status);
}
