import { env } from '../../../shared/env.ts';
import type { PageText } from '../../../shared/evidence/pages.ts';
import { evidenceKeys } from '../../../shared/evidence/store.ts';
import { requestIds } from '../../../shared/requests/id.ts';
import { isOpen, type Scan, type WrittenRequest } from '../../../shared/requests/request.ts';
import { readRequest } from '../../../shared/requests/store.ts';
import { listEvidence, readEvidence } from './evidence.ts';
import type { Place } from './paths.ts';
import { readMail, type StoredMail } from './read-mail.ts';
import { type ReadName, readNames } from './read-names.ts';

/** What the left side of the page shows. */
export interface Evidence {
  /** Absent where nothing came by mail. */
  mail?: StoredMail;
  replies: Reply[];
  /** The page in the viewer; absent where no page can be looked at. */
  shown?: ShownPage;
  /** All that was read, by scan, of the scans that are finished. */
  texts: Map<string, PageText[]>;
}

/** What the pages name that leads to no member; nothing where it is certain who wrote, or who is asked already. */
export function namesRead(request: WrittenRequest, texts: Evidence['texts']): ReadName[] {
  if (request.who?.startsWith('member/') || !isOpen(request.state)) return [];
  return readNames(request, [...texts.values()].flat(), { siteUrl: env('siteUrl'), mailDomain: env('mailDomain') });
}

export interface ShownPage extends Place {
  scan: Scan;
  /** Absent while it is not known yet. */
  text?: PageText;
}

export interface Reply {
  digest: string;
  at: string;
  /** Absent for one that did not pass the virus scan: nobody opens it. */
  stored?: StoredMail;
}

export async function readStored(request: WrittenRequest, place: Place): Promise<Evidence> {
  const [mail, replies, scans] = await Promise.all([
    hasReadableMail(request) ? readMail(evidenceKeys.mail(request.requestId)) : undefined,
    hasReplies(request) ? readReplies(request.requestId) : [],
    readScans(request, place),
  ]);
  return { mail, replies, ...scans };
}

/** The pages of the scans, and which of them is shown. */
export async function readScans(request: WrittenRequest, place: Place): Promise<Pick<Evidence, 'shown' | 'texts'>> {
  const { requestId, scans = [] } = request;
  if (isQuarantined(request)) return { texts: new Map() };
  const finished = scans.filter(({ state }) => state === 'read');
  const texts = new Map(
    await Promise.all(
      finished.map(
        async ({ scanId }): Promise<[string, PageText[]]> => [
          scanId,
          (await readEvidence<PageText[]>(evidenceKeys.text(requestId, scanId))) ?? [],
        ],
      ),
    ),
  );
  const shown = shownPage(scans, place, texts);
  if (!shown) return { texts };
  const text =
    texts.get(shown.scanId)?.find(({ page }) => page === shown.page) ??
    (await readEvidence<PageText>(evidenceKeys.pageText(requestId, shown.scanId, shown.page)));
  return { texts, shown: { ...shown, text } };
}

/** The page that is asked for; else the one that tells most: with the phrase, near it, or with a name; else the first. */
function shownPage(scans: Scan[], { scanId, page }: Place, texts: Evidence['texts']): ShownPage | undefined {
  const asked = scans.find((scan) => scan.scanId === scanId && page >= 1 && page <= scan.pagesRead);
  if (asked) return { scan: asked, scanId, page };
  const marked = (['phrase', 'near-miss', 'candidate'] as const).flatMap((kind) =>
    scans.flatMap((scan) =>
      (texts.get(scan.scanId) ?? [])
        .filter(({ marks }) => marks.some(({ what }) => what === kind))
        .map((text) => ({ scan, scanId: scan.scanId, page: text.page })),
    ),
  );
  const [best] = marked.filter((found) => found.page <= found.scan.pagesRead);
  if (best) return best;
  const first = scans.find(({ pagesRead }) => pagesRead > 0);
  return first && { scan: first, scanId: first.scanId, page: 1 };
}

/** Whatever was decided since: what the virus scan stopped stays closed. */
export const isQuarantined = ({ decision }: WrittenRequest): boolean => decision.state === 'quarantined';

/** Whether a mail made the request, rather than a file or somebody who wrote down what they were told. */
export const cameByMail = ({ arrival, scans = [] }: WrittenRequest): boolean =>
  arrival.key !== '' && !scans.some(({ from }) => from !== undefined && 'file' in from);

const hasReadableMail = (request: WrittenRequest): boolean => cameByMail(request) && !isQuarantined(request);

/** Only a request that has had a reply is worth a listing; of a long history the first entries are not here. */
const hasReplies = ({ history }: WrittenRequest): boolean =>
  history.some(({ rule }) => rule.startsWith('reply-')) || (history[0]?.number ?? 1) > 1;

async function readReplies(requestId: string): Promise<Reply[]> {
  const found = await listEvidence(`requests/${requestId}/replies/`);
  return Promise.all(
    found.flatMap(({ key, at }) => {
      const [, digest] = /([0-9a-f]{64})\.eml$/.exec(key) ?? [];
      return digest ? [readReply(key, digest, at)] : [];
    }),
  );
}

async function readReply(key: string, digest: string, at: string): Promise<Reply> {
  return { digest, at, stored: (await isStopped(digest)) ? undefined : await readMail(key) };
}

/**
 * A reply that the virus scan stopped is attached like any other, and is a quarantined request besides, whose id is made
 * of the same bytes.
 */
export async function isStopped(digest: string): Promise<boolean> {
  const own = await Promise.all(requestIds(digest).slice(0, 1).map(readRequest));
  return own.some((request) => request?.hash === digest && isQuarantined(request));
}
