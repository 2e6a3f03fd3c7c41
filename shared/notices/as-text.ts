import he from 'he';
import type { Token, Tokens } from 'marked';
import { addressOf, isAddress } from './links.ts';

/** Whether the address of a link stands behind its words. */
export type LinkStyle = 'with-address' | 'words-only';

/** Markdown as plain text that reads well: what a mail client without HTML shows. */
export const asText = (blocks: Token[], links: LinkStyle = 'with-address'): string =>
  blocks
    .map((block) => blockAsText(block, links))
    .filter(Boolean)
    .join('\n\n');

/** The words of a text token, in which character references such as `&nbsp;` still stand as typed. */
export const wordsOf = (token: Token): string => he.decode((token as Tokens.Text).text);

/** What is in a block or a span that holds others. */
export const insideOf = (token: Token): Token[] | undefined => ('tokens' in token ? token.tokens : undefined);

function blockAsText(block: Token, links: LinkStyle): string {
  switch (block.type) {
    case 'heading':
      return underlined(spansAsText(block.tokens, links), block.depth === 1 ? '=' : '-');
    case 'paragraph':
    case 'text':
      return block.tokens ? spansAsText(block.tokens, links) : wordsOf(block);
    case 'list':
      return listAsText(block as Tokens.List, links);
    case 'blockquote':
      return asText(block.tokens ?? [], links).replace(/^(.?)/gm, (_, first) => (first ? `> ${first}` : '>'));
    case 'code':
      return block.text.replace(/^/gm, '    ');
    case 'table':
      return tableAsText(block as Tokens.Table, links);
    case 'hr':
      return '* * *';
    case 'space':
    case 'def':
      return '';
    default:
      return block.raw;
  }
}

function listAsText({ items, ordered, start, loose }: Tokens.List, links: LinkStyle): string {
  const lines = items.map((item, index) => {
    const sign = ordered ? `${Number(start) + index}. ` : '- ';
    const blocks = item.tokens.filter(({ type }) => type !== 'checkbox').map((block) => blockAsText(block, links));
    const text = `${item.task ? (item.checked ? '[x] ' : '[ ] ') : ''}${blocks.filter(Boolean).join(loose ? '\n\n' : '\n')}`;
    return sign + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(sign.length)}`);
  });
  return lines.join(loose ? '\n\n' : '\n');
}

function tableAsText({ header, rows }: Tokens.Table, links: LinkStyle): string {
  const lines = [header, ...rows].map((cells) => cells.map(({ tokens }) => spansAsText(tokens, links)).join(' | '));
  return [underlined(lines[0]!, '-'), ...lines.slice(1)].join('\n');
}

const underlined = (line: string, sign: string): string => `${line}\n${sign.repeat(Math.min(line.length, 72))}`;

const spansAsText = (spans: Token[] = [], links: LinkStyle): string =>
  spans.map((span) => spanAsText(span, links)).join('');

function spanAsText(span: Token, links: LinkStyle): string {
  switch (span.type) {
    case 'link':
      return linkAsText(span as Tokens.Link, links);
    case 'br':
      return '\n';
    case 'codespan':
    case 'escape':
      return span.text;
    case 'checkbox':
      return '';
    case 'text':
      return span.tokens ? spansAsText(span.tokens, links) : wordsOf(span);
    default:
      return insideOf(span) ? spansAsText(insideOf(span), links) : span.raw;
  }
}

function linkAsText({ href, tokens }: Tokens.Link, links: LinkStyle): string {
  const words = spansAsText(tokens, links);
  const address = addressOf(href);
  if (links === 'words-only' || !address || isAddress(words, address)) return words;
  return `${words} (${address.replace(/^mailto:/, '')})`;
}
