import { Conflict, errorName } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import type { Scan, WrittenRequest } from '../../shared/requests/request.ts';
import { queueScans } from '../../shared/requests/scan-queue.ts';
import { conclude, concludeWithoutText } from './conclude.ts';
import { isDone, noteProgress, waiting } from './progress.ts';
import { keepPage } from './read-pages.ts';
import type { Reading } from './read-scans.ts';

/**
 * The last try of a message: where the reading broke off is not read again, but said to the person who looks, and the
 * rest goes on in a message of its own. So no file can keep the function busy for ever.
 */
export async function giveUpOn(request: WrittenRequest): Promise<Reading> {
  const scan = waiting(request).find((one) => !isDone(one));
  if (!scan) return { request: await concludeAtLast(request), goesOn: false };
  return {
    request: scan.pages === undefined ? await skipFile(request, scan) : await skipPage(request, scan),
    goesOn: true,
  };
}

/**
 * A conclusion that fails may end the whole process, so whoever ends it without the text is asked first, for later than
 * this function may run. Where it did not come to that they find nothing to do.
 */
async function concludeAtLast(request: WrittenRequest): Promise<WrittenRequest> {
  const scanIds = waiting(request).map(({ scanId }) => scanId);
  await queueScans(request.requestId, { inSeconds: later, withoutText: scanIds });
  try {
    return await conclude(request);
  } catch (error) {
    if (errorName(error) === Conflict.name) throw error;
    log.error('scans are concluded without their text', { requestId: request.requestId, error: errorName(error) });
    return concludeWithoutText(request, scanIds);
  }
}

const later = 600;

const skipFile = (request: WrittenRequest, { scanId }: Scan): Promise<WrittenRequest> =>
  noteProgress(request, scanId, {
    pages: 0,
    problem: 'Reading it broke off each time it was tried: look at the original, or ask for it in another form.',
  });

async function skipPage(request: WrittenRequest, { scanId, pagesRead }: Scan): Promise<WrittenRequest> {
  const page = pagesRead + 1;
  const problem = `Reading page ${page} broke off each time it was tried: look at it in the original.`;
  await keepPage(request, scanId, { page, width: 0, height: 0, text: '', source: 'none', problem });
  return noteProgress(request, scanId, { pagesRead: page });
}
