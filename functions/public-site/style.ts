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
button[value=yes], button.main { background: CanvasText; color: Canvas; }
.languages, .onward { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.languages a, .onward a { min-height: 2.75rem; align-content: center; }
.languages [aria-current] { color: CanvasText; font-weight: 600; text-decoration: none; }
.onward { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .5rem; }
.notices { padding: 0; list-style: none; }
.notices a { font-size: 1.125rem; font-weight: 600; }
.notices span { display: block; font-size: .9375rem; }
blockquote { margin: 1rem 0; padding: 0 0 0 1rem; border-left: .25rem solid var(--line); }
table { border-collapse: collapse; }
th, td { padding: .375rem .5rem; border: 1px solid var(--line); text-align: start; vertical-align: top; hyphens: auto;
  font-size: .9375rem; }
pre { white-space: pre-wrap; font-size: .9375rem; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
.stack > * { margin-block: 0 1rem; }
.stack label { font-weight: 600; }
input[type=email] { box-sizing: border-box; width: 100%; min-height: 3rem; padding: .5rem .75rem; font: inherit;
  border: 1px solid color-mix(in srgb, CanvasText 60%, Canvas); border-radius: .5rem; background: Canvas; color: CanvasText; }
input:focus-visible { outline: 3px solid; outline-offset: 2px; }
fieldset { margin-inline: 0; min-width: 0; padding: .5rem 1.25rem .75rem; border: 1px solid var(--line); border-radius: .5rem; }
legend { padding: 0 .375rem; font-weight: 600; }
fieldset p { margin: 0 0 .5rem; }
fieldset p span { display: block; font-size: .9375rem; }
.stack fieldset label { display: grid; grid-template-columns: auto 1fr; gap: .75rem; align-items: center;
  min-height: 2.75rem; font-weight: 400; cursor: pointer; }
input[type=radio] { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: CanvasText; }
fieldset label:has(:checked) { font-weight: 600; }
button:hover { text-decoration: underline; text-underline-offset: .2em; }
`;

/** What the Content-Security-Policy allows: this stylesheet and no other. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
