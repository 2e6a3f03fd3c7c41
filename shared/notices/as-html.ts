import he from 'he';
import type { Token, Tokens } from 'marked';
import { insideOf, wordsOf } from './as-text.ts';
import { addressOf } from './links.ts';

/** Style attributes by element, for mail, whose clients drop stylesheets; none for our pages, whose policy forbids them. */
export type Look = Record<string, string>;

/** Markdown as HTML of these few elements, with `href` as the only attribute that holds what was typed. */
export function asHtml(blocks: Token[], look: Look = {}): string {
  const levels = headingLevels(blocks);
  const draw = (block: Token): string => drawBlock(block, { look, levels });
  return blocks.map(draw).filter(Boolean).join('\n');
}

/** Text as it stands in HTML, in an attribute as well. */
export const escapeHtml = (text: string): string => he.escape(text);

interface Setting {
  look: Look;
  levels: Map<number, number>;
}

/** The subject is the h1, so the text's headings begin at h2, without gaps, and end at h4. */
function headingLevels(blocks: Token[]): Map<number, number> {
  const depths = blocks.filter(({ type }) => type === 'heading').map((block) => (block as Tokens.Heading).depth);
  return new Map([...new Set(depths)].sort().map((depth, rank) => [depth, Math.min(rank + 2, 4)]));
}

function drawBlock(block: Token, setting: Setting): string {
  const inside = () => drawSpans(insideOf(block), setting);
  const within = () => (insideOf(block) ?? []).map((one) => drawBlock(one, setting)).join('\n');
  switch (block.type) {
    case 'heading':
      return element(`h${setting.levels.get(block.depth) ?? 4}`, inside(), setting);
    case 'paragraph':
      return element('p', inside(), setting);
    case 'text':
      return block.tokens ? inside() : escapeHtml(wordsOf(block));
    case 'list':
      return drawList(block as Tokens.List, setting);
    case 'blockquote':
      return element('blockquote', within(), setting);
    case 'code':
      return element('pre', `<code>${escapeHtml(block.text)}</code>`, setting);
    case 'table':
      return drawTable(block as Tokens.Table, setting);
    case 'hr':
      return '<hr>';
    case 'space':
    case 'def':
      return '';
    default:
      return escapeHtml(block.raw);
  }
}

function drawList({ items, ordered, start }: Tokens.List, setting: Setting): string {
  const drawn = items.map((item) => {
    const sign = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
    const blocks = item.tokens.filter(({ type }) => type !== 'checkbox');
    return element('li', sign + blocks.map((block) => drawBlock(block, setting)).join('\n'), setting);
  });
  const from = ordered && Number(start) !== 1 ? ` start="${Number(start)}"` : '';
  return element(ordered ? 'ol' : 'ul', drawn.join(''), setting, from);
}

function drawTable({ header, rows }: Tokens.Table, setting: Setting): string {
  // An empty heading says nothing to those who hear the page.
  const draw = (cells: Tokens.TableCell[], name: string) =>
    `<tr>${cells.map(({ text, tokens }) => element(text ? name : 'td', drawSpans(tokens, setting), setting)).join('')}</tr>`;
  const body = rows.map((cells) => draw(cells, 'td')).join('');
  return element('table', `<thead>${draw(header, 'th')}</thead><tbody>${body}</tbody>`, setting);
}

const drawSpans = (spans: Token[] = [], setting: Setting): string =>
  spans.map((span) => drawSpan(span, setting)).join('');

function drawSpan(span: Token, setting: Setting): string {
  const inside = () => drawSpans(insideOf(span), setting);
  switch (span.type) {
    case 'strong':
    case 'em':
    case 'del':
      return element(span.type, inside(), setting);
    case 'link': {
      const address = addressOf(span.href);
      return address ? element('a', inside(), setting, ` href="${escapeHtml(address)}"`) : inside();
    }
    case 'br':
      return '<br>';
    case 'codespan':
      return element('code', escapeHtml(span.text), setting);
    case 'escape':
      return escapeHtml(span.text);
    case 'checkbox':
      return '';
    case 'text':
      return span.tokens ? inside() : escapeHtml(wordsOf(span));
    default:
      return insideOf(span) ? inside() : escapeHtml(span.raw);
  }
}

function element(name: string, inside: string, { look }: Setting, attributes = ''): string {
  const style = look[name] ? ` style="${look[name]}"` : '';
  return `<${name}${attributes}${style}>${inside}</${name}>`;
}
