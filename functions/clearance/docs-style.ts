import { createHash } from 'node:crypto';

/** The stylesheet of the readable page. System colours follow the reader's own theme. */
export const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 20%, Canvas); --soft: color-mix(in srgb, CanvasText 6%, Canvas); }
body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 52rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.375rem; margin: 2.5rem 0 .5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.0625rem; margin: 1.5rem 0 .25rem; }
a { color: LinkText; }
a:focus-visible, pre:focus-visible { outline: 3px solid; outline-offset: 3px; }
code { font: .9375em/1.5 ui-monospace, monospace; }
pre { margin: .5rem 0; padding: .75rem 1rem; overflow-x: auto; background: var(--soft); border-radius: .5rem; overflow-wrap: normal; }
dl { margin: .5rem 0; }
dt { margin-top: .5rem; font-weight: 600; }
dd { margin: 0 0 .25rem 1.25rem; }
dd dl { padding-left: .75rem; border-left: 2px solid var(--line); }
.kind { font-weight: 400; }
`;

/** What the Content-Security-Policy allows: this stylesheet and no other. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
