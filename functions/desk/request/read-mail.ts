import { type InboundMail, parseMail } from '../../../shared/mail/parse.ts';
import { openEvidence } from './evidence.ts';

/** A stored mail as it can be shown, or a sentence that says why it cannot. */
export type StoredMail = { mail: InboundMail; bytes: number } | { problem: string };

/** Reads a mail of the evidence in bounded time: a page must be there within seconds, whatever somebody sent. */
export async function readMail(key: string, mostMilliseconds = 6_000): Promise<StoredMail> {
  const signal = AbortSignal.timeout(mostMilliseconds);
  try {
    const object = await openEvidence(key, signal);
    if (!object) return { problem: gone };
    signal.addEventListener('abort', () => object.body.destroy(new Error('timeout')));
    return { mail: await parseMail(object.body), bytes: object.bytes };
  } catch (error) {
    if (signal.aborted) return { problem: tooSlow };
    throw error;
  }
}

const gone =
  'The mail itself is not here: it is still being stored, or the time for which it had to be kept is over. In the first case, load this page again in a minute.';
const tooSlow =
  'This mail is too large or too intricate to be shown here. Download it and open it in a mail program, with the care that you take with any mail of a stranger.';
