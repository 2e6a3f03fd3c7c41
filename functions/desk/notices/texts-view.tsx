import type { Notice } from '../../../shared/notices/notice.ts';
import { Section } from '../views/frames.tsx';
import { Icon } from '../views/icons.tsx';
import { shownPath } from './paths.ts';
import { languageWords } from './words.ts';

/** Each text as the mail that members get. Whoever approves reads all of them, so none is folded then. */
export function Texts({ notice }: { notice: Notice }) {
  const { texts, noticeId, fallback, state } = notice;
  return (
    <Section title="What it says" id="texts">
      {Object.entries(texts).map(([language, { subject }]) => (
        <details class="shown" open={language === fallback || state === 'submitted'}>
          <summary>
            <span>
              <Icon name="next" /> {languageWords(language)}
              {language === fallback && Object.keys(texts).length > 1 && (
                <span class="quiet"> also for readers of any other language</span>
              )}
            </span>
            <span class="quiet" lang={language} dir="auto">
              {subject || 'no subject yet'}
            </span>
          </summary>
          <iframe
            title={`The mail in ${languageWords(language)}`}
            src={shownPath(noticeId, language, 'mail')}
            loading="lazy"
            sandbox=""
          />
          <p class="row">
            <a href={shownPath(noticeId, language, 'mail')} target="_blank" rel="noopener">
              All of it in a window of its own
            </a>
            <a href={shownPath(noticeId, language, 'text')} target="_blank" rel="noopener">
              Without HTML
            </a>
            <a href={shownPath(noticeId, language, 'banner')} target="_blank" rel="noopener">
              As banner
            </a>
          </p>
        </details>
      ))}
    </Section>
  );
}
