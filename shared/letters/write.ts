import { html, raw } from 'hono/html';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { Block, Letter, LetterFacts, LetterKind, Letters, Link } from './letter.ts';

/** A letter as a mail shows it: both forms say the same, since both are made from the same blocks. */
export interface WrittenLetter {
  subject: string;
  text: string;
  html: string;
  /** Language that it is written in (BCP 47). */
  language: string;
}

/** Writes a letter in the member's language, or in English where we have no words in it. */
export function writeLetter(kind: string, locale: string, facts: LetterFacts): WrittenLetter {
  const { language, ...letter } = composeLetter(kind, locale, facts);
  return { subject: letter.subject, text: asText(letter), html: asHtml(letter, language), language };
}

/** The same before it is text or HTML, for a page that shows or prints it. */
export function composeLetter(kind: string, locale: string, facts: LetterFacts): Letter & { language: string } {
  const language = languageOf(locale);
  const letters = locales[language]!;
  if (!Object.hasOwn(letters, kind))
    throw new Error(`There is no letter "${kind}": add it to every file of shared/letters.`);
  const letter = letters[kind as LetterKind](facts);
  // In a mailbox the subject tells letters apart; on paper the number stands in the text alone.
  const subject = facts.onPaper ? letter.subject.replace(` (${facts.requestId})`, '') : letter.subject;
  return { ...letter, subject, language };
}

const locales: Record<string, Letters> = { en, de, fr, es };

const languageOf = (locale: string): string => {
  const language = locale.toLowerCase().split(/[-_]/)[0] ?? '';
  return Object.hasOwn(locales, language) ? language : 'en';
};

const asText = ({ blocks }: Letter): string => `${blocks.map(blockAsText).join('\n\n')}\n`;

function blockAsText(block: Block): string {
  if (typeof block === 'string') return block;
  if (!Array.isArray(block)) return `${block.words}:\n${block.link}`;
  return block.map((item) => `- ${typeof item === 'string' ? item : `${item.words}\n  ${item.link}`}`).join('\n');
}

const asHtml = (letter: Letter, language: string): string =>
  html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${letter.subject}</title>
</head>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 1.5em auto; padding: 0 1em">
${raw(letter.blocks.map(blockAsHtml).join('\n'))}
</body>
</html>
`.toString();

function blockAsHtml(block: Block): string {
  if (typeof block === 'string') return html`<p>${block}</p>`.toString();
  if (!Array.isArray(block)) return `<p>${linkAsHtml(block)}</p>`;
  const items = block.map((item) => (typeof item === 'string' ? html`${item}`.toString() : linkAsHtml(item)));
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

const linkAsHtml = ({ link, words }: Link): string => html`<a href="${link}">${words}</a>`.toString();
