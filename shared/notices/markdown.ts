import { getDefaults, Lexer, type Token, Tokenizer } from 'marked';
import { InvalidInput } from '../errors.ts';
import { longestText } from './draft.ts';

/**
 * The blocks of a Markdown text (CommonMark with tables and bare links), in bounded time whatever it holds. HTML is not
 * Markdown here, so tags come out as the text that they are. Throws InvalidInput when it is too long.
 */
export function readMarkdown(markdown: string): Token[] {
  if (markdown.length > longestText)
    throw new InvalidInput(
      `The text has ${markdown.length} characters and may have ${longestText}: put the rest on a page and link to it.`,
    );
  const plain = markdown.toWellFormed().replace(controls, '');
  try {
    return new BoundedLexer({ ...getDefaults(), gfm: true, tokenizer: new BoundedTokenizer() }).lex(plain);
  } catch {
    return asTyped(plain);
  }
}

/** Too many blocks, or something that marked fails on: every line is there, none of it formatted. */
const asTyped = (text: string): Token[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => [{ type: 'text', raw: paragraph, text: paragraph }])
    .map((tokens) => ({ type: 'paragraph', raw: tokens[0]!.raw, text: tokens[0]!.raw, tokens }));

/** All but tab, line feed and carriage return. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it finds.
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/**
 * The time for a paragraph grows with the square of what could be a mark in it, and with the cube for some: 20,000
 * characters of `_a` took marked 18 a second, of `|***é~` ten. A paragraph with more marks than this stays as typed.
 */
const mostMarks = 300;
const mark = /[*_~`<[\]!]/g;

class BoundedLexer extends Lexer {
  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if ((source.match(mark)?.length ?? 0) <= mostMarks) return super.inlineTokens(source, tokens);
    tokens.push({ type: 'text', raw: source, text: source });
    return tokens;
  }
}

/** Quotes in lists in quotes, or emphasis in links: deeper than this it stays as typed. Unbounded it ends the stack. */
const deepest = 6;

/** How many quotes and lists there may be: where one ends without a blank line, marked reads much of it again. */
const mostBlocks = 400;

class BoundedTokenizer extends Tokenizer {
  private depth = 0;
  private blocks = 0;
  private spans = 0;

  override html(): undefined {}
  override tag(): undefined {}
  override blockquote(source: string) {
    return this.block(() => super.blockquote(source));
  }
  override list(source: string) {
    return this.block(() => super.list(source));
  }
  override emStrong(...of: Parameters<Tokenizer['emStrong']>) {
    return this.span(() => super.emStrong(...of));
  }
  override del(...of: Parameters<Tokenizer['del']>) {
    return this.span(() => super.del(...of));
  }
  override link(source: string) {
    return this.span(() => super.link(source));
  }
  override reflink(...of: Parameters<Tokenizer['reflink']>) {
    return this.span(() => super.reflink(...of));
  }

  private block<Found>(read: () => Found): Found | undefined {
    if (this.blocks >= mostBlocks) throw new Error('There are too many quotes and lists.');
    if (this.depth >= deepest) return undefined;
    this.depth += 1;
    this.blocks += 1;
    try {
      return read();
    } finally {
      this.depth -= 1;
    }
  }

  private span<Found>(read: () => Found): Found | undefined {
    if (this.spans >= deepest) return undefined;
    this.spans += 1;
    try {
      return read();
    } finally {
      this.spans -= 1;
    }
  }
}
