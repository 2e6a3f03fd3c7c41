import he from 'he';

/** A link of a mail's HTML: the words that a reader sees, and where it really leads. */
export interface MailLink {
  words: string;
  target: string;
}

/** The links of a mail's HTML, each target once, at most thirty. Each piece of it is read once; nothing is followed. */
export function linksIn(html: string): MailLink[] {
  const links = new Map<string, MailLink>();
  for (const { index } of html.matchAll(/<a(?=\s)/gi).take(mostAnchors)) {
    const [attributes = ''] = html.slice(index + 2, index + longestTag).match(/^(?:"[^"]*"|'[^']*'|[^'">])*/)!;
    const target = targetIn(attributes);
    if (!target || links.has(target)) continue;
    const start = index + 2 + attributes.length + 1;
    links.set(target, { words: wordsOf(html.slice(start, start + longestWords)), target });
    if (links.size === mostLinks) break;
  }
  return [...links.values()];
}

function targetIn(attributes: string): string | undefined {
  const [, value = ''] = /\shref\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]+)/i.exec(attributes) ?? [];
  const target = he
    .decode(value.replace(/^["']|["']$/g, ''))
    .trim()
    .slice(0, longestTarget)
    .toWellFormed();
  return /^(?:https?|mailto|tel):/i.test(target) ? target : undefined;
}

const wordsOf = (inner: string): string =>
  he
    .decode(inner.split(/<\/a/i, 1)[0]!.replace(/<[^>]*>?/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
    .toWellFormed();

const mostAnchors = 200;
const mostLinks = 30;
/** Characters. */
const longestTag = 3_000;
const longestTarget = 500;
const longestWords = 300;

/** Where the links of a mail lead, as text: nobody can follow one by mistake. */
export function Links({ links }: { links: MailLink[] }) {
  if (links.length === 0) return null;
  return (
    <details class="fold">
      <summary>{links.length === 1 ? 'Where its link leads' : `Where its ${links.length} links lead`}</summary>
      <dl class="mail-links">
        {links.map(({ words, target }) => (
          <div>
            <dt>{words || 'a picture'}</dt>
            <dd>
              <code>{target}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
