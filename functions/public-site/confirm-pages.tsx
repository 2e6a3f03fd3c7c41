import type { PropsWithChildren } from 'hono/jsx';
import { longDate } from '../../shared/letters/dates.ts';
import type { Asked } from './asked.ts';
import { page } from './layout.tsx';
import type { Outcome, Problem, Words } from './words/words.ts';

/** Asks the member, and changes nothing: the form is sent to the page's own address. */
export function questionPage({ name, siteName, receivedAt, dueAt, images, requestId }: Asked, words: Words) {
  const { labels, question, language } = words;
  const since = longDate(receivedAt, language);
  return page(
    question.title,
    <>
      <p>{question.what(siteName, since)}</p>
      <p>{question.doubt}</p>
      <dl>
        {name && <Fact label={labels.member}>{name}</Fact>}
        <Fact label={labels.covers}>
          <ul>
            {images.map(({ scope, community }) => (
              <li>{words.images[scope](community)}</li>
            ))}
          </ul>
        </Fact>
        <Fact label={labels.since}>
          <time datetime={receivedAt}>{since}</time>
        </Fact>
        <Fact label={labels.request}>{requestId}</Fact>
      </dl>
      <h2>{question.ask}</h2>
      <p>{question.nothingYet}</p>
      <div class="choices">
        <Choice value="yes" words={words.yes} effect={question.afterYes} />
        <Choice value="no" words={words.no} effect={question.afterNo} />
      </div>
      {dueAt && <p>{question.silence(longDate(dueAt, language))}</p>}
    </>,
    language,
  );
}

function Choice({ value, words, effect }: { value: 'yes' | 'no'; words: string; effect: string }) {
  return (
    <form method="post">
      <button type="submit" name="said" value={value} aria-describedby={`after-${value}`}>
        {words}
      </button>
      <p id={`after-${value}`}>{effect}</p>
    </form>
  );
}

export interface OutcomeProps extends Outcome {
  /** Where to write, and about what. */
  address: string;
  subject: string;
  /** Said in place of the text, where the answer is from before. */
  note?: string;
}

/** What is in effect now, and how to change it. */
export function outcomePage(
  { name, images, requestId }: Asked,
  words: Words,
  { title, text, undo, address, subject, note }: OutcomeProps,
) {
  const { labels, states, language } = words;
  return page(
    title,
    <>
      {note ? <p class="note">{note}</p> : <p>{text}</p>}
      <dl>
        {name && <Fact label={labels.member}>{name}</Fact>}
        <Fact label={labels.now}>
          <ul>
            {images.map(({ scope, community, now }) => (
              <li>
                {words.images[scope](community)}
                <span>{states[now.state](now.since ? longDate(now.since, language) : '')}</span>
              </li>
            ))}
          </ul>
        </Fact>
        <Fact label={labels.request}>{requestId}</Fact>
      </dl>
      <p>
        <Linked text={undo(address)} address={address} subject={subject} />
      </p>
    </>,
    language,
  );
}

/** Says what went wrong and what to do; knows nothing of any request. */
export const problemPage = ({ title, paragraphs }: Problem, { language }: Words, address: string) =>
  page(
    title,
    paragraphs(address).map((text) => (
      <p>
        <Linked text={text} address={address} />
      </p>
    )),
    language,
  );

export function Fact({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The text, with a link where it names the address. */
export function Linked({ text, address, subject }: { text: string; address: string; subject?: string }) {
  const at = text.indexOf(address);
  if (at < 0) return <>{text}</>;
  const href = `mailto:${address}${subject ? `?subject=${encodeURIComponent(subject)}` : ''}`;
  return (
    <>
      {text.slice(0, at)}
      <a href={href}>{address}</a>
      {text.slice(at + address.length)}
    </>
  );
}
