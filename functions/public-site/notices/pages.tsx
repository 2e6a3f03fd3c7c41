import { raw } from 'hono/html';
import { env } from '../../../shared/env.ts';
import { directionOf } from '../../../shared/notices/direction.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { page } from '../layout.tsx';
import { isShown } from './feed.ts';
import type { NoticePageWords } from './words.ts';

/** A notice in one of its languages. `body` is HTML that `renderNotice` drew. */
export const noticePage = (notice: Notice, language: string, body: string, words: NoticePageWords) =>
  page(
    notice.texts[language]!.subject,
    <>
      <Languages notice={notice} now={language} words={words} />
      <div lang={words.language} dir="ltr">
        <Withdrawn notice={notice} words={words} />
        <dl>
          {isShown(notice) && (
            <>
              <dt>{words.effective}</dt>
              <dd>
                <time datetime={notice.effectiveOn}>{words.date(notice.effectiveOn)}</time>
              </dd>
            </>
          )}
          <dt>{words.published}</dt>
          <dd>
            <time datetime={notice.asOf}>{words.date(notice.asOf!)}</time>
          </dd>
        </dl>
      </div>
      {raw(body)}
      <nav class="onward" lang={words.language} dir="ltr">
        <a href="/notices">{words.all}</a> <a href={env('siteUrl')}>{words.toSite(env('siteName'))}</a>
      </nav>
    </>,
    language,
  );

function Languages({ notice, now, words }: { notice: Notice; now: string; words: NoticePageWords }) {
  const languages = Object.keys(notice.texts).sort();
  if (languages.length < 2) return null;
  return (
    <nav class="languages" aria-label={words.languages}>
      {languages.map((language) => (
        <a
          href={`?lang=${encodeURIComponent(language)}`}
          lang={language}
          hreflang={language}
          dir={directionOf(language)}
          aria-current={language === now ? 'page' : undefined}
        >
          {ownName(language)}
        </a>
      ))}
    </nav>
  );
}

/** What a language calls itself: Deutsch, français. */
const ownName = (language: string): string =>
  new Intl.DisplayNames([language, 'en'], { type: 'language' }).of(language) ?? language;

function Withdrawn({ notice, words }: { notice: Notice; words: NoticePageWords }) {
  const cancelled = notice.history.findLast(({ state }) => state === 'cancelled');
  return isShown(notice) || !cancelled ? null : <p class="note">{words.withdrawn(words.date(cancelled.at))}</p>;
}

export interface NoticeInList {
  notice: Notice;
  /** In which it is named. */
  language: string;
  isCurrent: boolean;
}

/** All that were published and not withdrawn, the newest first. */
export const listPage = (notices: NoticeInList[], words: NoticePageWords) =>
  page(
    words.list.title,
    <>
      {notices.length === 0 && <p>{words.list.none}</p>}
      <ul class="notices">
        {notices.map(({ notice, language, isCurrent }) => (
          <li>
            <a
              href={`/notices/${notice.noticeId}?lang=${encodeURIComponent(language)}`}
              lang={language}
              dir={directionOf(language)}
            >
              {notice.texts[language]!.subject}
            </a>
            <span>
              {isCurrent && <strong>{words.list.current}: </strong>}
              {words.published} {words.date(notice.asOf!)}. {words.effective} {words.date(notice.effectiveOn)}.
            </span>
          </li>
        ))}
      </ul>
      <nav class="onward">
        <a href={env('siteUrl')}>{words.toSite(env('siteName'))}</a>
      </nav>
    </>,
    words.language,
  );

/** A page that has no notice to show. */
export const problemPage = ({ title, text }: { title: string; text: string }, words: NoticePageWords) =>
  page(
    title,
    <>
      <p>{text}</p>
      <nav class="onward">
        <a href="/notices">{words.all}</a>
      </nav>
    </>,
    words.language,
  );
