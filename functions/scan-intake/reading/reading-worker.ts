import { parentPort } from 'node:worker_threads';
import type { Unreadable } from './kinds.ts';
import { limits } from './limits.ts';
import type { ReadPage } from './open-scan.ts';
import { openPdf } from './pdf-book.ts';
import { openPictures } from './picture-book.ts';
import { readSheet } from './read-sheet.ts';
import type { Opened, Question, Reply } from './reading-thread.ts';
import type { Book } from './sheet.ts';

/** The reading thread: holds the open documents, and answers one question at a time. */
const books = new Map<string, Book>();

// What the libraries print would be lines without an id in the function's log.
process.stdout.write = process.stderr.write = () => true;

parentPort!.on('message', async (question: Question) => {
  parentPort!.postMessage(await reply(question));
});

async function reply(question: Question): Promise<Reply> {
  try {
    return { value: await answers[question.do](question as never) };
  } catch (error) {
    const broken = !isOfVips(error);
    return { error: broken ? 'made the reading program fail' : 'is damaged and cannot be drawn', broken };
  }
}

/** libvips throws what it cannot decode. Anything else, such as a trap of WebAssembly, leaves its memory in disorder. */
const isOfVips = (error: unknown): boolean =>
  String((error as { message?: unknown } | undefined)?.message).startsWith('vips::Error');

type Asked<Do> = Extract<Question, { do: Do }>;

const answers = {
  async open({ key, type, bytes, mostPages }: Asked<'open'>): Promise<Opened | Unreadable> {
    const book =
      type === 'PDF' ? await openPdf(bytes, mostPages) : await openPictures(type, Buffer.from(bytes.buffer), mostPages);
    if (!('sheet' in book)) return book;
    books.set(key, book);
    const pages = Math.min(book.pages, mostPages);
    return { pages, problem: book.pages > mostPages ? tooMany(mostPages) : book.problem };
  },

  read: async ({ key, page, languages }: Asked<'read'>): Promise<ReadPage> => {
    const until = Date.now() + (limits.pageSeconds - 5) * 1000;
    return readSheet(await books.get(key)!.sheet(page), { page, languages, until });
  },

  async close({ key }: Asked<'close'>): Promise<void> {
    books.get(key)?.close();
    books.delete(key);
  },
};

const tooMany = (most: number) =>
  `The file has more than ${most} pages: the first ${most} were read. A person looks at the others in the original.`;
