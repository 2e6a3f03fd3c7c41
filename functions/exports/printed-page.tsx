import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';

export interface PrintedPage {
  title: string;
  /** When and by whom it was made: a sentence. */
  made: string;
  style: string;
}

/** A page that opens anywhere, for good: one file, no script, nothing from elsewhere, made for printing. */
export const printedPage = ({ title, made, style }: PrintedPage, content: Child): string =>
  html`<!doctype html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        <h1>{title}</h1>
        <p>{made}</p>
        {content}
      </body>
    </html>
  )}\n`.toString();

/** Names and what is said of them. */
export function FactList({ facts }: { facts: readonly (readonly [name: string, words: string])[] }) {
  return (
    <dl>
      {facts.map(([name, words]) => (
        <div>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
