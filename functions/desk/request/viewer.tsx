import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { Icon } from '../views/icons.tsx';
import { Notice } from '../views/messages.tsx';
import { Marked, titles } from './marked.tsx';
import { PageList } from './page-list.tsx';
import { fetchedInPlace, type Place, pageImagePath, partPath, placePath } from './paths.ts';
import { sizeWords } from './sizes.ts';
import type { Evidence, ShownPage } from './stored-evidence.ts';

/**
 * The pages of the scans, one at a time. Each page has its own address, so without a script the links do; viewer.js
 * adds zoom, rotation and keys, and keeps them from page to page.
 */
export function Viewer({ request, evidence, oob }: { request: WrittenRequest; evidence: Evidence; oob?: boolean }) {
  const { shown, texts } = evidence;
  const swap = oob ? 'true' : undefined;
  if (!shown) return <desk-viewer id="viewer" hx-swap-oob={swap} />;
  return (
    <desk-viewer id="viewer" hx-swap-oob={swap}>
      <Toolbar request={request} shown={shown} />
      <div class="viewer-body">
        <PageList request={request} shown={shown} texts={texts} />
        <Sheet request={request} shown={shown} />
      </div>
      <PageTextView shown={shown} />
    </desk-viewer>
  );
}

function Toolbar({ request, shown }: { request: WrittenRequest; shown: ShownPage }) {
  const { scan } = shown;
  return (
    <div class="viewer-bar">
      <PageTurns request={request} shown={shown} />
      <fieldset class="zoom needs-script">
        <legend class="heard">Size and direction of the page</legend>
        <button type="button" class="plain" data-view="out" title="Smaller (−)" aria-label="Smaller">
          −
        </button>
        <output class="zoom-value">100 %</output>
        <button type="button" class="plain" data-view="in" title="Larger (+)" aria-label="Larger">
          +
        </button>
        <button type="button" class="plain" data-view="fit" title="Fit the width (0)">
          Fit
        </button>
        <button type="button" class="plain" data-view="turn" title="Turn right (r)">
          Turn
        </button>
      </fieldset>
      <a class="original" href={partPath(request.requestId, 'scans', scan.scanId, 'original')} download>
        {`Original${scan.type ? ` (${scan.type}, ${sizeWords(scan.bytes)})` : ''}`}
      </a>
    </div>
  );
}

/** The ways to the neighbours of a page: renewed when there are more pages. */
export function PageTurns({ request, shown, oob }: { request: WrittenRequest; shown: ShownPage; oob?: boolean }) {
  const { requestId, scans = [] } = request;
  const { scan, page } = shown;
  const places = scans.flatMap(({ scanId, pagesRead }) =>
    Array.from({ length: pagesRead }, (_, index): Place => ({ scanId, page: index + 1 })),
  );
  const at = places.findIndex((place) => place.scanId === scan.scanId && place.page === page);
  return (
    <span id="page-turns" class="page-turns" hx-swap-oob={oob ? 'true' : undefined}>
      <Turn requestId={requestId} place={places[at - 1]} icon="back" words="Previous page" rel="prev" />
      <span class="page-number" aria-live="polite">{`Page ${page} of ${scan.pages ?? scan.pagesRead}`}</span>
      <Turn requestId={requestId} place={places[at + 1]} icon="next" words="Next page" rel="next" />
    </span>
  );
}

function Turn(props: { requestId: string; place?: Place; icon: 'back' | 'next'; words: string; rel: string }) {
  const { requestId, place, icon, words, rel } = props;
  if (!place) {
    return (
      <span class="button plain turn" aria-hidden="true">
        <Icon name={icon} />
      </span>
    );
  }
  return (
    <a
      class="button plain turn"
      href={placePath(requestId, place)}
      {...fetchedInPlace(requestId, place)}
      id={`page-${rel}`}
      rel={rel}
      aria-label={words}
      title={words}
    >
      <Icon name={icon} />
    </a>
  );
}

function Sheet({ request: { requestId }, shown }: { request: WrittenRequest; shown: ShownPage }) {
  const { scan, page, text } = shown;
  const name = `Page ${page} of ${scan.name}`;
  if (text && text.width === 0)
    return <div class="stage empty">{text.problem ?? 'There is no image of this page.'}</div>;
  const path = pageImagePath(requestId, shown);
  return (
    <section class="stage" tabindex={0} aria-label={`${name}: scroll to see all of it`}>
      <div class="sheet">
        <div class="turned">
          <img
            src={path}
            alt={altOf(name, shown)}
            width={text?.width || undefined}
            height={text?.height || undefined}
          />
          <Boxes shown={shown} />
        </div>
      </div>
    </section>
  );
}

const altOf = (name: string, { text }: ShownPage): string =>
  text?.text.trim() ? `${name}; what was read on it stands below` : `${name}; no text was read on it`;

/** An SVG, because where its boxes stand needs no style, which the Content-Security-Policy refuses. */
export function Boxes({ shown: { text }, oob }: { shown: ShownPage; oob?: boolean }) {
  const boxes = (text?.marks ?? []).filter(({ x }) => x !== undefined);
  return (
    <div id="boxes" class="boxes" aria-hidden="true" hx-swap-oob={oob ? 'true' : undefined}>
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {boxes.map(({ what, words, x = 0, y = 0, width = 0, height = 0 }) => (
          <rect class={what} x={x - edge} y={y - edge} width={width + 2 * edge} height={height + 2 * edge}>
            <title>{`${titles[what]}: ${words}`}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}

/** So much of the page stands free around the words, that the line does not run through them. */
const edge = 0.004;

/** What was read on the page that is shown. */
export function PageTextView({ shown: { page, text }, oob }: { shown: ShownPage; oob?: boolean }) {
  return (
    <section class="page-text" id="page-text" aria-labelledby="page-text-title" hx-swap-oob={oob ? 'true' : undefined}>
      <h3 id="page-text-title">{`What was read on page ${page}`}</h3>
      {text?.problem && text.width > 0 && <Notice tone="warn">{text.problem}</Notice>}
      {text?.text.trim() ? (
        <>
          <div class="text">
            <Marked text={text.text.trim()} marks={text.marks} />
          </div>
          <p class="hint">{sources[text.source]}</p>
        </>
      ) : (
        <p class="hint">{text ? 'Nothing. What matters is what you see on the image.' : 'Not read yet.'}</p>
      )}
    </section>
  );
}

const sources = {
  embedded: 'The file itself holds this text. It may differ from what one sees: the image counts.',
  ocr: 'Recognised letter by letter, so there may be mistakes: the image counts.',
  none: '',
};
