/** What `npm run draw` writes into README.md, each between markers of its own. */
export type Drawing = 'picture' | 'promises';

/** The text between the markers. Throws a sentence when they are not there. */
export function drawnIn(readme: string, name: Drawing): string {
  return split(readme, name).drawn;
}

/** The README with this between the markers. */
export function withDrawn(readme: string, name: Drawing, drawn: string): string {
  const { before, after } = split(readme, name);
  return `${before}\n\n${drawn}\n\n${after}`;
}

function split(readme: string, name: Drawing): { before: string; drawn: string; after: string } {
  const [startMarker, endMarker] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const start = readme.indexOf(startMarker);
  const end = readme.indexOf(endMarker, start);
  if (start < 0 || end < 0) {
    throw new Error(`README.md has no place for the ${name}: add a line ${startMarker} and, below it, ${endMarker}.`);
  }
  const from = start + startMarker.length;
  return { before: readme.slice(0, from), drawn: readme.slice(from, end).trim(), after: readme.slice(end) };
}
