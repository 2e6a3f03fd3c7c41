import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { page } from './layout.tsx';
import type { DeskEnv, Staff } from './staff.ts';
import { Notice } from './views/messages.tsx';

export interface Problem {
  status: ContentfulStatusCode;
  title: string;
  /** What happened, why, and what to do. */
  sentence: string;
  /** What a page adds: a link, a button. */
  more?: Child;
}

/** Says what went wrong in the form that was asked for: a page, a piece of one (htmx), or RFC 9457 for a script. */
export function problem(context: Context<DeskEnv>, { status, title, sentence, more }: Problem) {
  if (isFragment(context)) {
    return context.html(
      <Notice tone="danger">
        {sentence} {more}
      </Notice>,
      status,
    );
  }
  if (!isPage(context)) {
    const body = JSON.stringify({ type: 'about:blank', status, title, detail: sentence });
    return context.body(body, status, { 'Content-Type': 'application/problem+json' });
  }
  const content = (
    <>
      <p>{sentence}</p>
      {more}
    </>
  );
  return context.html(page({ title, staff: context.get('staff') as Staff | undefined }, content), status);
}

/** htmx asks for it, and puts the answer into the page. */
export const isFragment = (context: Context): boolean => context.req.header('hx-request') === 'true';

/** The browser opens a page. Old ones do not say what for, and clients that are no browsers neither. */
export const isPage = (context: Context): boolean =>
  !isFragment(context) && (context.req.header('sec-fetch-dest') ?? 'document') === 'document';
