/** The header section of a message, as SES shows it in its notifications and edits it when it sends. */
export interface Field {
  name: string;
  /** Unfolded (RFC 5322 section 2.2.3), not decoded further. */
  value: string;
}

/** What is read of a header section that does not end. */
export const headLimit = 64 * 1024;

/** Where the body begins: after the first empty line, or at the end where there is none. */
export function bodyOffset(bytes: Buffer): number {
  if (bytes[0] === 0x0a) return 1;
  if (bytes[0] === 0x0d && bytes[1] === 0x0a) return 2;
  const ends = [bytes.indexOf('\n\r\n'), bytes.indexOf('\n\n')];
  const lengths = [3, 2];
  const found = ends.map((end, index) => (end < 0 ? bytes.length : end + lengths[index]!));
  return Math.min(...found);
}

/** The fields in their order; lines that are no field are left out. */
export function readFields(head: Buffer): Field[] {
  return splitFields(head.toString()).flatMap((line) => {
    const name = fieldName(line);
    return name
      ? [
          {
            name,
            value: line
              .slice(line.indexOf(':') + 1)
              .replace(/\r?\n(?=[ \t])/g, '')
              .trim(),
          },
        ]
      : [];
  });
}

/** The head without the fields of these names (in lower case), byte for byte otherwise, without the empty line. */
export function withoutFields(head: Buffer, names: string[]): Buffer {
  const lines = splitFields(head.toString('latin1'));
  const kept = lines.filter((line) => line && !names.includes(fieldName(line)?.toLowerCase() ?? ''));
  return Buffer.from(kept.map((line) => `${line}\r\n`).join(''), 'latin1');
}

/** Folded lines stay with their field. */
const splitFields = (head: string) => head.split(/\r?\n(?![ \t])/);

const fieldName = (line: string) => line.match(/^([!-9;-~]+)[ \t]*:/)?.[1];
