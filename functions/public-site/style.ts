import { createHash } from 'node:crypto';

/** The stylesheet of the public pages, small enough to stand in each. System colours follow the reader's own theme. */
export const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 20%, Canvas); }
body { margin: 0; font: 1.0625rem/1.6 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 40rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.625rem, 1.3rem + 1.6vw, 2rem); line-height: 1.2; margin: 0 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; }
a { color: LinkText; }
a:focus-visible, button:focus-visible { outline: 3px solid; outline-offset: 3px; }
dl { margin: 1.25rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .5rem; }
dt { font-size: .875rem; }
dd { margin: 0 0 .75rem; font-weight: 600; }
dd:last-child { margin-bottom: 0; }
li { margin-bottom: .5rem; }
dd ul { margin: 0; padding-left: 1.25rem; font-weight: 400; }
dd li { margin: 0; }
dd span { display: block; font-weight: 600; }
dd li + li:has(span) { margin-top: .375rem; }
.note { padding: .75rem 1rem; border-left: .25rem solid; background: color-mix(in srgb, CanvasText 6%, Canvas); }
.choices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: 1.5rem; }
.choices p { margin: .5rem 0 0; font-size: .9375rem; }
button { width: 100%; min-height: 3rem; padding: .5rem 1rem; border: 2px solid CanvasText; border-radius: .5rem;
  font: inherit; font-weight: 600; background: Canvas; color: CanvasText; cursor: pointer; }
button[value=yes] { background: CanvasText; color: Canvas; }
button:hover { text-decoration: underline; text-underline-offset: .2em; }
`;

/** What the Content-Security-Policy allows: this stylesheet and no other. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
