import { html } from 'hono/html';
import type { Child, PropsWithChildren } from 'hono/jsx';
import { assetUrl } from './assets.ts';
import type { Staff } from './staff.ts';
import { Bar } from './views/bar.tsx';
import { Keys } from './views/keys.tsx';
import { Notice } from './views/messages.tsx';

export interface PageProps {
  title: string;
  /** Stands in the heading in place of the title. */
  heading?: Child;
  /** Stands right of the heading, under it where there is no room: what can be done with the page. */
  actions?: Child;
  /** The pages above this one. */
  crumbs?: { path: string; words: string }[];
  /** What has just been done, or what is the matter. */
  notice?: { tone: 'done' | 'info' | 'warn' | 'danger'; words: Child };
  /** Absent on pages for people who are not signed in. */
  staff?: Staff;
  /** Path of the entry of the navigation that the page belongs to. */
  at?: string;
  /** What was searched for, to stand in the search box. */
  sought?: string;
  /** Uses the whole width of the window. */
  wide?: boolean;
  /** Files of static/ that only this page needs. */
  scripts?: string[];
  styles?: string[];
}

/** A whole page of the desk. */
export const page = (props: PageProps, content: Child) => html`<!doctype html>${<Layout {...props}>{content}</Layout>}`;

/** No inline style, nothing evaluated, no page kept in the browser: what the desk's Content-Security-Policy asks for. */
const htmxConfig = JSON.stringify({ includeIndicatorCSS: false, history: false, defaultTimeout: 15_000 });

function Layout(props: PropsWithChildren<PageProps>) {
  const { title, heading, actions, crumbs = [], notice, staff, at, sought, wide, children } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={htmxConfig} />
        <title>{`${title} – In Writing`}</title>
        {['desk.css', ...(props.styles ?? [])].map((file) => (
          <link rel="stylesheet" href={assetUrl(file)} />
        ))}
        {['htmx.min.js', 'desk.js', ...(staff ? ['keys.js'] : []), ...(props.scripts ?? [])].map((file) => (
          <script src={assetUrl(file)} defer />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          To the content
        </a>
        <Bar staff={staff} at={at} sought={sought} />
        <main id="main" tabindex={-1} class={wide ? 'wide' : undefined}>
          {crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
          <div class="page-head">
            <h1>{heading ?? title}</h1>
            {actions && <div class="actions">{actions}</div>}
          </div>
          {notice && <Notice tone={notice.tone}>{notice.words}</Notice>}
          {children}
        </main>
        <div id="said" class="heard" role="status" />
        {staff && <Keys />}
      </body>
    </html>
  );
}

function Crumbs({ crumbs }: { crumbs: { path: string; words: string }[] }) {
  return (
    <nav class="crumbs" aria-label="Above this page">
      {crumbs.map(({ path, words }) => (
        <a href={path}>{words}</a>
      ))}
    </nav>
  );
}
