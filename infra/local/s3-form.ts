import type { IncomingMessage } from 'node:http';
import { s3Error } from './s3-errors.ts';

/** A browser's upload: multipart/form-data (RFC 7578) whose last field that counts is the file. */
export interface Form {
  /** By lower-case name: S3 takes `Policy` and `policy` for the same. */
  fields: Record<string, string>;
  /** What the client calls the file. */
  fileName: string;
  /** The bytes of the file, as they come: they are never all in memory. */
  file: AsyncGenerator<Buffer>;
  /** Lets the rest of the request pass by unread, so that the client, which sends before it listens, gets an answer. */
  close(): Promise<void>;
}

/** A form carries its credential in a field; what is signed in a header is no form of a browser. */
export const isForm = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' && !headers.authorization && /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');

/** Reads the fields up to the file. Throws S3's errors for a body that is no such form. */
export async function openForm(message: IncomingMessage): Promise<Form> {
  // Ending the iterator early must not destroy the message: its connection carries the answer.
  const source: AsyncIterator<Buffer> = message.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
  const close = async () => {
    await source.return?.();
    message.resume();
  };
  try {
    const parts = openParts(source, boundaryOf(message.headers['content-type'] ?? ''));
    const { fields, fileName } = await readFields(parts);
    return { fields, fileName, file: parts.content(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Parts = ReturnType<typeof openParts>;

async function readFields(parts: Parts): Promise<{ fields: Record<string, string>; fileName: string }> {
  const fields = new Map<string, string>();
  let left = mostBeforeFile;
  for (let head = await parts.first(); head !== undefined; head = await parts.head()) {
    const { name, filename = '' } = dispositionOf(head);
    if (!name) throw malformed();
    const key = name.toLowerCase();
    if (key === 'file') return { fields: Object.fromEntries(fields), fileName: filename };
    const value = await readField(parts, left);
    left -= value.length + name.length;
    if (fields.has(key)) throw s3Error('InvalidArgument', `The form has more than one field "${name}".`);
    fields.set(key, value.toString());
  }
  throw s3Error('IncorrectNumberOfFilesInPostRequest', 'POST requires exactly one file upload per request.');
}

async function readField(parts: Parts, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of parts.content()) {
    pieces.push(piece);
    size += piece.length;
    if (size > most) {
      const message = 'Your POST request fields preceding the upload file were too large.';
      throw s3Error('MaxPostPreDataLengthExceeded', message);
    }
  }
  return Buffer.concat(pieces);
}

/** API reference, "POST Object": form data before the file, in bytes. */
const mostBeforeFile = 20_000;

/** RFC 2046 section 5.1.1: 70 characters at most, in quotes where it needs them. */
function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary) return boundary;
  throw malformed();
}

/** `name` and `filename` of `Content-Disposition: form-data` (RFC 7578 section 4.2). */
function dispositionOf(head: string): Record<string, string> {
  const line = /^content-disposition:\s*form-data(;.*)$/im.exec(head)?.[1] ?? '';
  const pairs = line.matchAll(/;\s*([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g);
  return Object.fromEntries(
    Array.from(pairs, ([, name, quoted, plain]) => [name!.toLowerCase(), quoted ?? plain ?? '']),
  );
}

function openParts(source: AsyncIterator<Buffer>, boundary: string) {
  // The line end before a boundary belongs to it (RFC 2046 section 5.1.1), and the first boundary may have none.
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let rest: Buffer = Buffer.from('\r\n');
  const more = async () => {
    const { value, done } = await source.next();
    if (done) throw malformed();
    rest = rest.length ? Buffer.concat([rest, value]) : value;
  };
  const take = (size: number) => {
    const taken = rest.subarray(0, size);
    rest = rest.subarray(size);
    return taken;
  };

  /** Everything up to the next boundary, which is passed. */
  async function* content(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = rest.indexOf(delimiter);
      // The last bytes may be the beginning of a boundary.
      const sure = end < 0 ? rest.length - delimiter.length + 1 : end;
      if (sure > 0) yield take(sure);
      if (end >= 0) return void take(delimiter.length);
      await more();
    }
  }

  /** The header lines of the part after a boundary; undefined after the last one, which ends with `--`. */
  async function head(): Promise<string | undefined> {
    while (rest.length < 2) await more();
    if (rest.toString('latin1', 0, 2) === '--') return undefined;
    let end = rest.indexOf('\r\n\r\n');
    for (; end < 0; end = rest.indexOf('\r\n\r\n')) {
      if (rest.length > mostBeforeFile) throw malformed();
      await more();
    }
    return take(end + 4).toString();
  }

  return {
    content,
    head,
    /** What stands before the first boundary is for nobody. */
    async first(): Promise<string | undefined> {
      for await (const _ of content());
      return head();
    },
  };
}

const malformed = () =>
  s3Error('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
