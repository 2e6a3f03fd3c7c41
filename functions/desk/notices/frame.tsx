import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { now } from '../../../shared/clock.ts';
import { env } from '../../../shared/env.ts';
import { InvalidInput } from '../../../shared/errors.ts';
import type { NoticeText } from '../../../shared/notices/notice.ts';
import type { RenderedNotice } from '../../../shared/notices/render.ts';
import type { Look } from './preview-pane.tsx';
import { isDay } from './send-time.ts';

export interface Shown {
  text: NoticeText;
  language: string;
  effectiveOn: string;
  /** Of a notice that is kept; any other has no page yet. */
  noticeId?: string;
  look: Look;
}

/**
 * A page for a frame: one text as members will see it. It may have styles, since mail has no other way to look like
 * something, and so it is under a policy of its own, without script and without access to the desk around it.
 */
export async function answerFrame(context: Context, shown: Shown | undefined) {
  context.header('Content-Security-Policy', framePolicy);
  context.header('X-Frame-Options', 'SAMEORIGIN');
  return context.html(shown ? await drawn(shown) : message('There is no text in this language.'));
}

/** `frame-src` is left to the default: the mail itself stands in a frame that goes nowhere. */
const framePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

async function drawn({ text, language, effectiveOn, noticeId = 'N-XXXX-XXXX', look }: Shown) {
  // Reading Markdown is loaded where it is needed: every start of the desk would pay for it.
  const { renderNotice } = await import('../../../shared/notices/render.ts');
  try {
    const rendered = renderNotice(text, {
      language,
      siteName: env('siteName'),
      noticeUrl: `${env('publicUrl')}/notices/${noticeId}?lang=${encodeURIComponent(language)}`,
      effectiveOn: isDay(effectiveOn) ? effectiveOn : now().slice(0, 10),
    });
    return views[look](rendered, language);
  } catch (error) {
    if (error instanceof InvalidInput) return message(error.message);
    throw error;
  }
}

const views: Record<Look, (rendered: RenderedNotice, language: string) => ReturnType<typeof frame>> = {
  // Links would lead the frame away: in a new window they lead nowhere, since the frame may open none.
  mail: ({ subject, html: mail }) =>
    frame(
      <>
        <Subject words={subject} />
        <iframe title="The mail" sandbox="" srcdoc={mail.replace('<head>', inFrame)} />
      </>,
    ),
  text: ({ subject, text }) =>
    frame(
      <>
        <Subject words={subject} />
        <pre tabindex={0}>{text}</pre>
      </>,
    ),
  banner: ({ bannerHtml }) => frame(<Site banner={bannerHtml} />),
};

/** Some systems hide scrollbars until somebody scrolls: a mail that is longer than its frame would look complete. */
const inFrame = `<head><base target="_blank"><style>html { overflow-y: scroll; }
::-webkit-scrollbar { width: .75rem; } ::-webkit-scrollbar-thumb { background: #8889; border-radius: .5rem; }</style>`;

const Subject = ({ words }: { words: string }) => (
  <p class="subject" dir="auto">
    {words || 'No subject yet'}
  </p>
);

/** The banner at the head of some site, which is drawn as grey bars. */
const Site = ({ banner }: { banner: string }) => (
  <div class="site">
    <div class="banner">
      {raw(banner.replaceAll('<a ', '<a target="_blank" '))}
      <span class="close" aria-hidden="true">
        ×
      </span>
    </div>
    {['third', 'full', 'full', 'half'].map((width) => (
      <div class={`bar ${width}`} />
    ))}
  </div>
);

const message = (sentence: string) => frame(<p class="message">{sentence}</p>);

const frame = (content: ReturnType<typeof Site>) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Preview of the notice</title>
<style>${raw(style)}</style>
</head>
<body><main>${content}</main></body>
</html>
`;

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#fff, #1a1d21); color: light-dark(#1a1e24, #e8eaed); }
main { display: flex; flex-direction: column; min-height: 100vh; }
.subject { margin: 0; padding: .75rem 1rem; font-weight: 600; overflow-wrap: anywhere;
  background: light-dark(#f0f2f5, #23272c); border-bottom: 1px solid light-dark(#dde1e7, #31363d); }
iframe { flex: 1; border: 0; width: 100%; color-scheme: light dark; }
pre { margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.5 ui-monospace, monospace; }
.message { padding: 1rem; margin: 0; color: light-dark(#56606d, #a4acb7); }
.site { display: grid; gap: 1rem; padding-bottom: 2rem; }
.banner { position: relative; padding: 1rem 3rem 1rem 1.25rem; background: light-dark(#fff8e1, #2f2a1a);
  border-bottom: 1px solid light-dark(#d9c98a, #6b5f33); overflow-wrap: anywhere; }
.banner h2 { margin: 0 0 .25rem; font-size: 1.0625rem; } .banner p { margin: .25rem 0 0; }
.banner a { color: light-dark(#1b5cb8, #8db8f5); }
.close { position: absolute; right: 1rem; top: .75rem; font-size: 1.5rem; line-height: 1; }
.bar { height: 1rem; margin: 0 1.25rem; border-radius: .25rem; background: light-dark(#e6e9ee, #2a2f35); }
.bar.third { height: 2rem; width: 33%; } .bar.half { width: 50%; }
`;
