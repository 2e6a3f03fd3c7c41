import { longDate } from '../../../shared/letters/dates.ts';
import { Fact, problemPage } from '../confirm-pages.tsx';
import { page } from '../layout.tsx';
import type { Words } from '../words/words.ts';
import type { Present, PresentScope } from './present.ts';
import { fieldOf } from './wishes.ts';

/** Every scope with what it means and its present state; one form saves all. It is sent to the page's own address. */
export function formPage({ name, siteName, isManager, scopes }: Present, words: Words, note?: string) {
  const { choose } = words.preferences;
  return page(
    choose.title,
    <>
      {note && (
        <p class="note" role="status">
          {note}
        </p>
      )}
      <p>{choose.what}</p>
      <dl>
        <Fact label={words.labels.member}>{name}</Fact>
      </dl>
      <form method="post" class="stack">
        {scopes.map((one) => (
          <Choices one={one} siteName={siteName} words={words} />
        ))}
        <p id="once">
          {choose.once}
          {isManager && ` ${choose.others}`}
        </p>
        <button type="submit" class="main" aria-describedby="once">
          {choose.save}
        </button>
      </form>
    </>,
    words.language,
  );
}

function Choices({ one, siteName, words }: { one: PresentScope; siteName: string; words: Words }) {
  const { scope, subject, community } = one;
  const { choose } = words.preferences;
  const name = fieldOf(subject, scope);
  return (
    <fieldset aria-describedby={`${name}-means`}>
      <legend>{words.images[scope](community)}</legend>
      <p id={`${name}-means`}>
        {choose.means[scope](siteName)}
        <span>
          {choose.now} {stateWords(one, words)}
        </span>
      </p>
      {optionsOf(one, words).map(({ value, label }) => (
        <label>
          <input type="radio" name={name} value={value} checked={value === 'keep'} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** What is in effect has the value `keep`, whichever of them it is. */
function optionsOf({ scope, now }: PresentScope, { preferences: { choose } }: Words) {
  const isMail = scope === 'marketing-email';
  const [allow, block] = isMail ? [choose.mailOn, choose.mailOff] : [choose.allow, choose.block];
  const options = [
    { value: now.state === 'clear' ? 'keep' : 'allow', label: allow },
    { value: now.state === 'blocked' ? 'keep' : 'block', label: block },
  ];
  return now.state === 'hold' ? [{ value: 'keep', label: choose.hold }, ...options] : options;
}

function stateWords({ scope, now }: PresentScope, { states, preferences, language }: Words): string {
  const since = now.since ? longDate(now.since, language) : '';
  if (scope !== 'marketing-email') return states[now.state](since);
  return now.state === 'clear' ? preferences.choose.mailNow : preferences.choose.mailSince(since);
}

/** What is in effect now, and how to go on: the link is used up. */
export function savedPage({ name, scopes }: Present, words: Words, requestId: string) {
  const { saved } = words.preferences;
  return page(
    saved.title,
    <>
      <p role="status">{saved.text}</p>
      <dl>
        <Fact label={words.labels.member}>{name}</Fact>
        <Fact label={words.labels.now}>
          <ul>
            {scopes.map((one) => (
              <li>
                {words.images[one.scope](one.community)}
                <span>{stateWords(one, words)}</span>
              </li>
            ))}
          </ul>
        </Fact>
        <Fact label={words.labels.request}>{requestId}</Fact>
      </dl>
      <AgainForm words={words} />
    </>,
    words.language,
  );
}

/** Sends another link to the primary address. */
function AgainForm({ words: { preferences } }: { words: Words }) {
  return (
    <form method="post" class="stack">
      <p id="again">{preferences.saved.again}</p>
      <button type="submit" name="again" value="again" aria-describedby="again">
        {preferences.saved.button}
      </button>
    </form>
  );
}

export const sentAgainPage = (words: Words, address: string) =>
  problemPage(words.preferences.sentAgain, words, address);
