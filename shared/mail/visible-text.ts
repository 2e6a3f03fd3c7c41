import he from 'he';

/**
 * The text of a mail's HTML as a reader sees it, in one pass over at most 256 KB. What is not shown does not count:
 * comments, scripts, styles, and elements that are hidden or too small to see, as newsletters have them.
 *
 * Not a browser: styles are read from the element itself only. html-to-text knows no hidden elements, and a second copy
 * of its parser in the bundle costs a cold start 12 ms; `he` is in there already.
 */
export function visibleText(source: string): string {
  const html = source.slice(0, limit);
  const pieces: string[] = [];
  let hidden: { name: string; depth: number } | undefined;
  const scan = new RegExp(tokens);
  for (let token = scan.exec(html); token; token = scan.exec(html)) {
    const [all, slash, tagName, attributes = ''] = token;
    if (tagName === undefined) {
      if (!hidden && !notShown.test(all)) pieces.push(all.includes('&') ? he.decode(all) : all);
      continue;
    }
    const name = tagName.toLowerCase();
    if (slash) hidden = closed(hidden, name);
    else if (rawText.has(name)) scan.lastIndex = endOfRawText(html, name, scan.lastIndex);
    else hidden = opened(hidden, name, attributes);
    if (blocks.has(name)) pieces.push('\n');
  }
  return pieces.join('');
}

/** Characters of HTML. parseMail keeps no more. */
const limit = 256 * 1024;

/**
 * A comment or declaration, a tag (slash, name, attributes), a run of text, or a stray `<`. A quote that never closes
 * ends its tag. Each token begins where the last one ended, and no part of one is tried twice.
 */
const tokens = /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*>?|<(\/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>?|[^<]+|</gi;

/** Comments, declarations and processing instructions. */
const notShown = /^<[!?]/;

type Hidden = { name: string; depth: number } | undefined;

/** Within a hidden element only elements of its own name matter: they tell which end tag is its own. */
function opened(hidden: Hidden, name: string, attributes: string): Hidden {
  if (hidden?.name === name && name !== 'p') return { name, depth: hidden.depth + 1 };
  // A paragraph ends where the next one begins (HTML 4.4.1).
  if (hidden && hidden.name !== name) return hidden;
  return !voids.has(name) && isHidden(attributes) ? { name, depth: 1 } : undefined;
}

function closed(hidden: Hidden, name: string): Hidden {
  if (hidden?.name !== name) return hidden;
  return hidden.depth > 1 ? { name, depth: hidden.depth - 1 } : undefined;
}

const isHidden = (attributes: string): boolean =>
  hiddenStyle.test(attributes) || /\shidden(?=[\s=/]|$)/i.test(attributes.replace(/"[^"]*"|'[^']*'/g, '""'));

const hiddenStyle =
  /\b(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:font-size|max-height|opacity)\s*:\s*0(?:px|pt|em|%)?\s*(?:[;"'!]|$))/i;

/** Elements whose content is not text for a reader, and ends at their own end tag alone (HTML 13.2.5). */
const rawText = new Set(['script', 'style', 'title', 'textarea', 'template', 'iframe', 'noembed', 'noframes', 'xmp']);

function endOfRawText(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}`, 'gi');
  end.lastIndex = from;
  return end.exec(html)?.index ?? html.length;
}

const voids = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

const blocks = new Set(
  'address article aside blockquote br caption center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
