import type { PageText } from '../../../shared/evidence/pages.ts';
import type { Scan, WrittenRequest } from '../../../shared/requests/request.ts';
import { Notice } from '../views/messages.tsx';
import { fetchedInPlace, pageImagePath, partPath, placePath } from './paths.ts';
import { sizeWords } from './sizes.ts';
import type { Evidence } from './stored-evidence.ts';

export type PageListProps = { request: WrittenRequest; oob?: boolean } & Pick<Evidence, 'shown' | 'texts'>;

/** All pages of all files, small: what is on each and which one is shown. Renewed while the scans are being read. */
export function PageList({ request, shown, texts, oob }: PageListProps) {
  const scans = (request.scans ?? []).filter(({ pagesRead }) => pagesRead > 0);
  return (
    <nav id="pages" class="page-list" aria-label="Pages" hx-swap-oob={oob ? 'true' : undefined}>
      {scans.map((scan) => (
        <div class="file">
          {scans.length > 1 && <FileHead scan={scan} />}
          <ol>
            {Array.from({ length: scan.pagesRead }, (_, index) => (
              <Thumbnail
                request={request}
                scan={scan}
                page={index + 1}
                current={shown?.scanId === scan.scanId && shown.page === index + 1}
                text={texts.get(scan.scanId)?.find(({ page }) => page === index + 1)}
              />
            ))}
          </ol>
        </div>
      ))}
      {[...texts.values()].flat().some(whatStandsThere) && (
        <p class="hint legend">
          <span class="found" aria-hidden="true" /> something was found there
        </p>
      )}
    </nav>
  );
}

function FileHead({ scan }: { scan: Scan }) {
  return (
    <div class="file-head">
      <span class="file-name">{scan.name}</span>
      <span class="hint">{[scan.type, sizeWords(scan.bytes)].filter(Boolean).join(', ')}</span>
    </div>
  );
}

interface ThumbnailProps {
  request: WrittenRequest;
  scan: Scan;
  page: number;
  current: boolean;
  text?: PageText;
}

function Thumbnail({ request: { requestId }, scan, page, current, text }: ThumbnailProps) {
  const place = { scanId: scan.scanId, page };
  const found = whatStandsThere(text);
  const label = [`Page ${page}`, found, text?.problem && 'with a problem'].filter(Boolean).join(', ');
  return (
    <li>
      <a
        id={`page-${scan.scanId}-${page}`}
        href={placePath(requestId, place)}
        {...fetchedInPlace(requestId, place)}
        aria-current={current ? 'page' : undefined}
        aria-label={label}
        title={label}
      >
        {text?.width === 0 ? (
          <span class="no-image">no image</span>
        ) : (
          <img src={pageImagePath(requestId, place)} alt="" loading="lazy" decoding="async" />
        )}
        <span class="number">{page}</span>
        {found && <span class="found" title="Something was found on this page" />}
      </a>
    </li>
  );
}

function whatStandsThere(text?: PageText): string | undefined {
  const kinds = new Set(text?.marks.map(({ what }) => what));
  if (kinds.has('phrase')) return 'has the phrase';
  if (kinds.has('near-miss')) return 'comes near the phrase';
  return kinds.has('candidate') ? 'names a member' : undefined;
}

/** What would run, were it opened. */
export const isProgram = ({ type = '' }: Scan): boolean => / program$/.test(type);

/** What could not be read of a file, and what to do. */
export function ScanProblems({ request: { requestId, scans = [] } }: { request: WrittenRequest }) {
  return (
    <>
      {scans.flatMap((scan) =>
        scan.problem
          ? [
              <Notice tone="warn">
                <strong>{scan.name}</strong>
                {`: ${scan.problem} `}
                {isProgram(scan) ? (
                  'You can decide without it; it stays in the dossier as evidence.'
                ) : (
                  <>
                    <a href={partPath(requestId, 'scans', scan.scanId, 'original')} download>
                      {`Download it as it came (${sizeWords(scan.bytes)})`}
                    </a>
                    {scan.pagesRead === 0 &&
                      ' and look at it in the program that it is for. You can decide without it being read here.'}
                  </>
                )}
              </Notice>,
            ]
          : [],
      )}
    </>
  );
}
