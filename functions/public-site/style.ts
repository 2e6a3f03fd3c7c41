import { createHash } from 'node:crypto';

/** The stylesheet of the public pages, small enough to stand in each. System colours follow the reader's own theme. */
export const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 20%, Canvas); }
body { margin: 0; font: 1.0625rem/1.6 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 40rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; }
a { color: LinkText; }
a:focus-visible { outline: 3px solid; outline-offset: 3px; }
dl { margin: 1rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .5rem; }
dt { font-size: .875rem; }
dd { margin: 0 0 .75rem; font-weight: 600; overflow-wrap: anywhere; }
dd:last-child { margin-bottom: 0; }
li { margin-bottom: .5rem; }
`;

/** What the Content-Security-Policy allows: this stylesheet and no other. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
