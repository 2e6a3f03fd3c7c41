import type { InboundMail } from '../../../shared/mail/parse.ts';
import { visibleText } from '../../../shared/mail/visible-text.ts';
import { Fact, Facts } from '../views/frames.tsx';
import { Notice } from '../views/messages.tsx';
import { Moment } from '../views/times.tsx';
import { Attachments } from './attachments-view.tsx';
import { Links, linksIn } from './links.tsx';
import { type Mark, Marked } from './marked.tsx';
import { passagesOf } from './quoted.ts';
import type { StoredMail } from './read-mail.ts';
import { readableAddresses } from './readable-addresses.ts';
import { sizeWords } from './sizes.ts';

export interface MailViewProps {
  /** The same on one page for no two mails. */
  id: string;
  title: string;
  stored: StoredMail;
  /** Where the bytes can be had, and below it each attachment. */
  path: string;
  receivedAt: string;
  /** What SES found out about the sender, as a sentence. */
  senderCheck?: string;
  marks: readonly Mark[];
}

/**
 * One mail as safe text: nothing of it is markup here, nothing is loaded, and no address can be clicked by mistake.
 */
export function MailView({ id, title, stored, path, receivedAt, senderCheck, marks }: MailViewProps) {
  const download = (words: string) => (
    <a class="button" href={path} download>
      {words}
    </a>
  );
  return (
    <section class="card mail" id={id} aria-labelledby={`${id}-title`}>
      <div class="card-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {'mail' in stored && download(`Download (.eml, ${sizeWords(stored.bytes)})`)}
      </div>
      {'problem' in stored ? (
        <>
          <Notice tone="warn">{stored.problem}</Notice>
          <p>{download('Download the mail (.eml)')}</p>
        </>
      ) : (
        <>
          <Headers mail={stored.mail} receivedAt={receivedAt} senderCheck={senderCheck} marks={marks} />
          {stored.mail.incomplete && (
            <Notice tone="warn">{`${stored.mail.incomplete} The download has all of it.`}</Notice>
          )}
          <Body mail={stored.mail} marks={marks} />
          <Attachments attachments={stored.mail.attachments} path={path} />
        </>
      )}
    </section>
  );
}

function Headers({
  mail,
  receivedAt,
  senderCheck,
  marks,
}: Pick<MailViewProps, 'receivedAt' | 'senderCheck' | 'marks'> & { mail: InboundMail }) {
  const written = Date.parse(mail.headers.get('date')?.[0] ?? '');
  return (
    <Facts>
      <Fact label="Subject">
        {mail.subject ? <Marked text={mail.subject.slice(0, longestHeader)} marks={marks} /> : <em>no subject</em>}
      </Fact>
      <Fact label="From">
        {mail.senderName && <span class="sender-name">{mail.senderName.slice(0, 200)} </span>}
        {mail.from.length > 0 ? `<${mail.from.slice(0, mostAddresses).join('>, <')}>` : <em>nobody</em>}
        {senderCheck && (
          <span class={senderCheck.startsWith('Authenticated') ? 'check good' : 'check warn'}>{senderCheck}</span>
        )}
      </Fact>
      <Fact label="To">
        {readableAddresses([...(mail.headers.get('to') ?? []), ...(mail.headers.get('cc') ?? [])]) || (
          <em>nobody named</em>
        )}
      </Fact>
      {!Number.isNaN(written) && (
        <Fact label="Written">
          <Moment at={new Date(written).toISOString()} />
        </Fact>
      )}
      <Fact label="Received">
        <Moment at={receivedAt} />
      </Fact>
    </Facts>
  );
}

const longestHeader = 1_000;
const mostAddresses = 10;

/** The text; the HTML's words where there is no text, or where it says something else than the text. */
function Body({ mail, marks }: { mail: InboundMail; marks: readonly Mark[] }) {
  const text = mail.text.trim();
  const html = tidy(visibleText(mail.html));
  const differs = html !== '' && text !== '' && !sameWords(text, html);
  if (!text && !html) return <p class="hint">The mail has no text.</p>;
  return (
    <>
      <div class="mail-text">
        <Passages text={text || html} marks={marks} />
      </div>
      {!text && <p class="hint">The mail came as HTML only: these are the words that a reader would see.</p>}
      {differs && (
        <details class="fold">
          <summary>The mail also has an HTML version, with other words</summary>
          <div class="mail-text">
            <Passages text={html} marks={marks} />
          </div>
        </details>
      )}
      <Links links={linksIn(mail.html)} />
    </>
  );
}

function Passages({ text, marks }: { text: string; marks: readonly Mark[] }) {
  return (
    <>
      {passagesOf(text.slice(0, longestText)).map((passage) =>
        passage.quoted ? (
          <details class="fold">
            <summary>{`Quoted mail, ${lines(passage.text)}`}</summary>
            <div class="text quoted">
              <Marked text={passage.text} marks={marks} />
            </div>
          </details>
        ) : (
          <div class="text">
            <Marked text={passage.text} marks={marks} />
          </div>
        ),
      )}
      {text.length > longestText && (
        <p class="hint">The rest is left out here, since nobody reads so much on a page: the download has all of it.</p>
      )}
    </>
  );
}

/** Characters: ten dense pages. The page is to be there at once. */
const longestText = 40_000;

const lines = (text: string): string => {
  const count = text.split('\n').length;
  return count === 1 ? '1 line' : `${count} lines`;
};

/** Layout tables leave lines of nothing. */
const tidy = (text: string): string =>
  text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

const sameWords = (a: string, b: string): boolean => bare(a) === bare(b);

/** Letters and digits alone: line ends, bullets and links are written in different ways in the two. */
const bare = (text: string): string => text.replace(/<?\bhttps?:\/\/\S+|[^\p{L}\p{N}]+/gu, '').toLowerCase();
