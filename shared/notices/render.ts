import type { Token } from 'marked';
import { asHtml, escapeHtml, type Look } from './as-html.ts';
import { asText } from './as-text.ts';
import { directionOf } from './direction.ts';
import { readMarkdown } from './markdown.ts';
import type { NoticeText } from './notice.ts';
import { type NoticeWords, wordsIn } from './words.ts';

export interface NoticeFacts {
  /** BCP 47: the language of the text. */
  language: string;
  /** The community site, as members know it. */
  siteName: string;
  /** The notice's page in this language. */
  noticeUrl: string;
  /** `YYYY-MM-DD`. */
  effectiveOn: string;
}

/** A notice in one language, as mail, page and banner show it: all of them are made from the same blocks. */
export interface RenderedNotice {
  subject: string;
  /** The mail: a whole document, and the same as plain text. */
  html: string;
  text: string;
  /** The text alone as HTML, without style attributes; its headings begin at h2. */
  body: string;
  /** How the banner on the site begins: plain text of one paragraph at most. */
  summary: string;
  /** The banner as HTML, for a preview; the site's script makes its own from `subject` and `summary`. */
  bannerHtml: string;
}

/** Throws InvalidInput when the text is longer than a notice may be. */
export function renderNotice({ subject, markdown }: NoticeText, facts: NoticeFacts): RenderedNotice {
  const blocks = readMarkdown(markdown);
  const words = wordsIn(facts.language);
  const line = oneLine(subject);
  const summary = summaryOf(blocks);
  return {
    subject: line,
    html: mailAsHtml(line, blocks, words, facts),
    text: mailAsText(line, blocks, words, facts),
    body: asHtml(blocks),
    summary,
    bannerHtml: bannerAsHtml(line, summary, words, facts),
  };
}

/** The text alone, as on the notice's page. */
export const renderBody = (markdown: string): string => asHtml(readMarkdown(markdown));

/** How the banner begins. */
export const summarize = (markdown: string): string => summaryOf(readMarkdown(markdown));

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

const longestSummary = 240;

/** The first paragraph, without where its links lead, cut at a word. */
function summaryOf(blocks: Token[]): string {
  const paragraph = blocks.find(({ type }) => type === 'paragraph');
  const text = oneLine(asText(paragraph ? [paragraph] : blocks, 'words-only'));
  if (text.length <= longestSummary) return text;
  const cut = text.slice(0, longestSummary);
  return `${(/^(.{120,})\s/su.exec(cut)?.[1] ?? cut).toWellFormed().trimEnd()} …`;
}

function mailAsText(subject: string, blocks: Token[], words: NoticeWords, facts: NoticeFacts): string {
  const { siteName, noticeUrl, effectiveOn } = facts;
  return [
    subject,
    words.effective(effectiveOn),
    asText(blocks),
    '----------',
    `${words.onOurSite}:\n${noticeUrl}`,
    `${words.why(siteName)}\n`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Mail clients drop stylesheets and know few properties, so what must hold stands at the elements. */
const mailLook: Look = {
  h2: 'font-size: 1.25em; line-height: 1.3; margin: 1.5em 0 .5em',
  h3: 'font-size: 1.1em; line-height: 1.3; margin: 1.5em 0 .5em',
  h4: 'font-size: 1em; margin: 1.5em 0 .5em',
  blockquote: 'margin: 1em 0; padding: 0 0 0 1em; border-left: 3px solid #888',
  table: 'border-collapse: collapse; margin: 1em 0',
  th: 'border: 1px solid #888; padding: .35em .6em; text-align: start; vertical-align: top',
  td: 'border: 1px solid #888; padding: .35em .6em; vertical-align: top',
  pre: 'white-space: pre-wrap; overflow-wrap: anywhere',
};

function mailAsHtml(subject: string, blocks: Token[], words: NoticeWords, facts: NoticeFacts): string {
  const { language, siteName, noticeUrl, effectiveOn } = facts;
  const own = attributesOf(words.language, language);
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 1.5em auto; padding: 0 1em; overflow-wrap: break-word">
<h1 style="font-size: 1.5em; line-height: 1.25; margin: 0 0 .5em">${escapeHtml(subject)}</h1>
<p${own}><strong>${escapeHtml(words.effective(effectiveOn))}</strong></p>
${asHtml(blocks, mailLook)}
<hr style="border: 0; border-top: 1px solid #888; margin: 2em 0 1em">
<p${own}><a href="${escapeHtml(noticeUrl)}">${escapeHtml(words.onOurSite)}</a></p>
<p${own}>${escapeHtml(words.why(siteName))}</p>
</body>
</html>
`;
}

function bannerAsHtml(subject: string, summary: string, words: NoticeWords, facts: NoticeFacts): string {
  const { language, noticeUrl } = facts;
  const [url, own] = [escapeHtml(noticeUrl), attributesOf(words.language, language)];
  return `<div lang="${escapeHtml(language)}" dir="${directionOf(language)}"><h2>${escapeHtml(subject)}</h2>
<p>${escapeHtml(summary)}</p>
<p${own}><a href="${url}">${escapeHtml(words.read)}</a></p></div>`;
}

/** Our own words may be in another language than the text around them. */
const attributesOf = (language: string, around: string): string =>
  language === around.toLowerCase().split('-')[0] ? '' : ` lang="${language}" dir="${directionOf(language)}"`;
