import { html, raw } from 'hono/html';
import type { Child, PropsWithChildren } from 'hono/jsx';
import { directionOf } from '../../shared/notices/direction.ts';
import { style } from './style.ts';

/** A whole page: its title is also its heading. `language` is BCP 47. */
export const page = (title: string, content: Child, language = 'en') =>
  html`<!doctype html>${(
    <Layout title={title} language={language}>
      {content}
    </Layout>
  )}`;

function Layout({ title, language, children }: PropsWithChildren<{ title: string; language: string }>) {
  return (
    <html lang={language} dir={directionOf(language) === 'rtl' ? 'rtl' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}
