/** A run of lines of a mail: what the sender wrote, or what they quoted of an earlier mail. */
export interface Passage {
  text: string;
  quoted: boolean;
}

/**
 * The text of a mail in passages, so that old mail can be folded away. Only what is marked as a quotation counts as one
 * (RFC 3676 section 4.5), or follows a line that mail clients put above an old mail: folding too little costs a glance,
 * folding too much hides what somebody asks for.
 */
export function passagesOf(text: string): Passage[] {
  const lines = text.replace(/\r\n?/g, '\n').trim().split('\n');
  const passages: { lines: string[]; quoted: boolean }[] = [];
  let below = false;
  for (const [index, line] of lines.entries()) {
    below ||= separators.test(line);
    const quoted = below || isQuoted(lines, index);
    const last = passages.at(-1);
    if (last && (last.quoted === quoted || (line.trim() === '' && last.quoted))) last.lines.push(line);
    else passages.push({ lines: [line], quoted });
  }
  // `\s+$` would read the rest of a run of blanks again for each of them: 40,000 took a second.
  return passages
    .map(({ lines: own, quoted }) => ({ text: own.join('\n').replace(/^\n+/, '').trimEnd(), quoted }))
    .filter((passage) => passage.text !== '');
}

/** The line that introduces a quotation belongs to it; it may be folded over two lines. */
function isQuoted(lines: string[], index: number): boolean {
  if (lines[index]!.startsWith('>')) return true;
  const next = lines.slice(index + 1, index + 4).find((line) => line.trim() !== '');
  return next !== undefined && introductions.test(lines[index]!) && (next.startsWith('>') || introductions.test(next));
}

/** "On Monday, Jane wrote:" in the four languages of the letters. */
const introductions = /(?:wrote|schrieb\b.{0,200}|écrit|escribió)\s?:\s*$/;

/** Everything below is an old mail, as Outlook marks it. */
const separators =
  /^\s*-{3,}\s*(?:original message|forwarded message|ursprüngliche nachricht|message d['’]origine|mensaje original)\s*-{3,}\s*$/i;
