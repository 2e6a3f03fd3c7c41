import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { now } from '../../../shared/clock.ts';
import { mayAsk } from '../../../shared/deliveries/askers.ts';
import { linkBatch } from '../../../shared/deliveries/preferences-link.ts';
import { queueAskedForLink } from '../../../shared/deliveries/queue.ts';
import { env } from '../../../shared/env.ts';
import { canonicalAddress } from '../../../shared/members/address.ts';
import { tokenKeys } from '../../../shared/tokens.ts';
import { problemPage } from '../confirm-pages.tsx';
import { page } from '../layout.tsx';
import { answerProblem, privacyAddress } from '../mailed-links.ts';
import { chooseWords } from '../words/choose.ts';
import type { Words } from '../words/words.ts';

/**
 * Takes an address and answers the same for every one. Whether it is a member's is looked up later, by mail-sender, out
 * of the queue: this page does one write and one message for each address that can be one, so its time tells nothing
 * either. How many links go to one address is limited there, and how often one network may ask is limited here.
 */
export const askForLink = new Hono();

askForLink.get('/', (context) => context.html(askPage(wordsAsked(context))));

askForLink.post(
  '/',
  bodyLimit({
    maxSize: 2_000,
    onError: (context) => answerProblem(context, ({ preferences }) => preferences.notUnderstood, 413),
  }),
);
askForLink.post('/', async (context) => {
  const words = wordsAsked(context);
  const typed = new URLSearchParams(await context.req.text()).getAll('address');
  const address = typed.length === 1 ? canonicalAddress(typed[0]!) : undefined;
  if (!address) return context.html(askPage(words, typed[0] ?? ''), 422);
  const [at, { keys, current }] = [now(), await tokenKeys()];
  if (!(await mayAsk(sourceOf(context), at, keys[current]!))) {
    context.header('Retry-After', '3600');
    return answerProblem(context, ({ preferences }) => preferences.tooMany, 429);
  }
  await queueAskedForLink({ batch: linkBatch(), address, at });
  return context.html(problemPage(words.preferences.asked, words, privacyAddress()));
});

/** A link that leads here keeps the language of the page on which it stands. */
const wordsAsked = (context: Context): Words => chooseWords(context, context.req.query('lang'));

/** Who is at the other end of the connection, as API Gateway saw it: headers say what their writer likes. */
const sourceOf = ({ env: bindings }: Context): string =>
  (bindings as { requestContext?: { http?: { sourceIp?: string } } } | undefined)?.requestContext?.http?.sourceIp ?? '';

/** `wrong`: what was typed, where it is no address. */
export function askPage({ preferences, language }: Words, wrong?: string) {
  const { title, what, how, label, button, wrong: sentence } = preferences.ask;
  const isWrong = wrong !== undefined;
  return page(
    title,
    <>
      <p>{what(env('siteName'))}</p>
      <form method="post" action={`/preferences?lang=${language}`} class="stack" novalidate>
        <label for="address">{label}</label>
        <p id="how">{how}</p>
        {isWrong && (
          <p id="wrong" class="note" role="alert">
            {sentence}
          </p>
        )}
        <input
          type="email"
          name="address"
          id="address"
          value={wrong}
          required
          maxlength={320}
          autocomplete="email"
          autofocus={isWrong}
          aria-invalid={isWrong ? 'true' : undefined}
          aria-describedby={isWrong ? 'wrong how' : 'how'}
        />
        <button type="submit" class="main">
          {button}
        </button>
      </form>
    </>,
    language,
  );
}
