import { page } from '../layout.tsx';
import type { Words } from '../words/words.ts';

/** One button, sent to the page's own address. It names nobody: links in offers are forwarded. */
export function askPage({ unsubscribe, language }: Words, siteName: string) {
  const { title, what, keeps, button } = unsubscribe.ask;
  return page(
    title,
    <>
      <p>{what(siteName)}</p>
      <p id="keeps">{keeps}</p>
      <form method="post" class="stack">
        <button type="submit" name="List-Unsubscribe" value="One-Click" class="main" aria-describedby="keeps">
          {button}
        </button>
      </form>
    </>,
    language,
  );
}

/** What stopped, and where more can be chosen. */
export function donePage({ unsubscribe, language }: Words) {
  const { title, text, more, link } = unsubscribe.done;
  return page(
    title,
    <>
      <p role="status">{text}</p>
      <p>
        {more} <a href="/preferences">{link}</a>
      </p>
    </>,
    language,
  );
}
