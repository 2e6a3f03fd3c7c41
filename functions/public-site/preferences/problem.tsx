import { Linked } from '../confirm-pages.tsx';
import { page } from '../layout.tsx';
import type { Words } from '../words/words.ts';

/** Says why the link changed nothing, and leads to the page that sends another one. */
export function problemWithNewLink({ preferences, language }: Words, name: 'used' | 'unknown', address: string) {
  const { title, paragraphs } = preferences[name];
  return page(
    title,
    <>
      {paragraphs(address).map((text) => (
        <p>
          <Linked text={text} address={address} />
        </p>
      ))}
      <p class="onward">
        <a href={`/preferences?lang=${language}`}>{preferences.newLink}</a>
      </p>
    </>,
    language,
  );
}
