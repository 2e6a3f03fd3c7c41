import { longDate } from '../../../shared/letters/dates.ts';
import type { Block, Letter } from '../../../shared/letters/letter.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { EmptyState } from '../views/messages.tsx';
import { requestPath } from '../views/paths.ts';

export interface Printed extends Letter {
  language: string;
  sender: { name: string; url: string; address: string };
  at: string;
}

/**
 * A letter as it comes out of the printer, with what is needed on the screen around it. The postal address is typed
 * where it is printed and goes nowhere: we keep none.
 */
export function letterPage(staff: Staff, request: WrittenRequest, letter: Printed) {
  return page(
    { ...frameOf(staff, request), styles: ['letter.css'], scripts: ['letter.js'] },
    <>
      <Tools request={request} language={letter.language} />
      <Sheet staff={staff} letter={letter} />
    </>,
  );
}

export function noLetterPage(staff: Staff, request: WrittenRequest) {
  return page(
    frameOf(staff, request),
    <EmptyState title="There is no answer to print yet" icon="letter">
      <p>
        Nobody is to be written to as the request stands. <a href={requestPath(request.requestId)}>Decide it first</a>:
        the answer can be printed then.
      </p>
    </EmptyState>,
  );
}

const frameOf = (staff: Staff, { requestId }: WrittenRequest) => ({
  title: 'Letter to print',
  staff,
  crumbs: [
    { path: '/desk', words: 'Queue' },
    { path: requestPath(requestId), words: requestId },
  ],
});

function Tools({ request, language }: { request: WrittenRequest; language: string }) {
  return (
    <div class="letter-tools stack">
      <p>
        Type the address into the field of the letter: it is printed and not kept. When the letter is in the post,{' '}
        <a href={`${requestPath(request.requestId)}#note`}>note it at the request</a>.
      </p>
      <form class="row">
        <label for="locale">Language</label>
        <select name="locale" id="locale">
          {Object.entries(languages).map(([locale, { name }]) => (
            <option value={locale} selected={locale === language}>
              {name}
            </option>
          ))}
        </select>
        <button type="submit">Show</button>
        <button type="button" class="primary needs-script" id="print">
          Print
        </button>
      </form>
    </div>
  );
}

function Sheet({ staff, letter }: { staff: Staff; letter: Printed }) {
  const { language, sender, at, subject, blocks } = letter;
  return (
    <article class="sheet" lang={language}>
      <header class="sender">
        <strong>{sender.name}</strong>
        <span>{sender.url.replace(/^https?:\/\//, '')}</span>
        <span>{sender.address}</span>
      </header>
      <label for="address" class="address-label">
        Address
      </label>
      <textarea
        id="address"
        rows={5}
        maxlength={400}
        autocomplete="off"
        spellcheck={false}
        placeholder="Type the postal address here"
      />
      <p class="date">{longDate(at, language)}</p>
      <h2>{subject}</h2>
      {blocks.map((block) => (
        <Words block={block} />
      ))}
      <footer>
        <p>{(languages[language] ?? languages.en!).closing}</p>
        <p class="signature">
          {staff.name}
          <br />
          {sender.name}
        </p>
      </footer>
    </article>
  );
}

/** A link is of no use on paper without its address. */
function Words({ block }: { block: Block }) {
  if (typeof block === 'string') return <p>{block}</p>;
  if (!Array.isArray(block)) return <p>{`${block.words}: ${block.link}`}</p>;
  return (
    <ul>
      {block.map((item) => (
        <li>{typeof item === 'string' ? item : `${item.words}: ${item.link}`}</li>
      ))}
    </ul>
  );
}

const languages: Record<string, { name: string; closing: string }> = {
  en: { name: 'English', closing: 'Yours sincerely' },
  de: { name: 'Deutsch', closing: 'Mit freundlichen Grüßen' },
  fr: { name: 'Français', closing: 'Cordialement' },
  es: { name: 'Español', closing: 'Atentamente' },
};
