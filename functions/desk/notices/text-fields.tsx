import { longestSubject, longestText } from '../../../shared/notices/draft.ts';
import { describedBy, Field } from '../views/fields.tsx';
import { type FaultOf, textId } from './faults.ts';
import type { Typed, TypedText } from './typed.ts';
import { count, languageWords } from './words.ts';

/** What is told: a subject and a text in each language, languages more or less, and which of them is for the others. */
export function TextFields({ typed, faultOf }: { typed: Typed; faultOf: FaultOf }) {
  const fault = faultOf('texts');
  return (
    <section class="fields" aria-labelledby="texts-title" id="texts" tabindex={-1}>
      <h2 id="texts-title" class="heard">
        Texts
      </h2>
      {fault && <p class="fault">{fault}</p>}
      {typed.texts.map((text) => (
        <Text {...text} faultOf={faultOf} only={typed.texts.length === 1} />
      ))}
      <AddLanguage typed={typed} faultOf={faultOf} />
    </section>
  );
}

function Text({ language, subject, markdown, faultOf, only }: TypedText & { faultOf: FaultOf; only: boolean }) {
  const words = languageWords(language);
  const line = { id: textId('subject', language), fault: faultOf(textId('subject', language)) };
  const text = {
    id: textId('markdown', language),
    hint: <>**bold**, # heading, - list, [words](https://address). At most {count(longestText)} characters.</>,
    fault: faultOf(textId('markdown', language)),
  };
  return (
    <fieldset class="card text" data-language={language} id={textId('texts', language)} tabindex={-1}>
      <legend class="heard">{`Text in ${words}`}</legend>
      <div class="card-head">
        <h3 lang="en">
          {words} <span class="quiet">{language}</span>
        </h3>
        {!only && (
          <button type="submit" class="plain" name="do" value={`remove:${language}`}>
            Take it out<span class="heard">{`: ${words}`}</span>
          </button>
        )}
      </div>
      {faultOf(textId('texts', language)) && <p class="fault">{faultOf(textId('texts', language))}</p>}
      <input type="hidden" name="language" value={language} />
      <Field label="Subject" {...line}>
        <input
          type="text"
          id={line.id}
          name="subject"
          value={subject}
          maxlength={longestSubject}
          lang={language}
          dir="auto"
          {...describedBy(line)}
        />
      </Field>
      <Field label="Text, in Markdown" {...text}>
        <textarea id={text.id} name="markdown" rows={14} lang={language} dir="auto" {...describedBy(text)}>
          {`\n${markdown}`}
        </textarea>
      </Field>
    </fieldset>
  );
}

/** The form comes back with the language; nothing is saved by that. */
function AddLanguage({ typed, faultOf }: { typed: Typed; faultOf: FaultOf }) {
  const added = { id: 'added', hint: 'Its code, such as de, fr or pt-BR.', fault: faultOf('added') };
  const fallback = {
    id: 'fallback',
    hint: 'Also for members whose language we do not know.',
    fault: faultOf('fallback'),
  };
  return (
    <div class="card languages">
      <Field label="Another language" {...added}>
        <div class="row">
          <input
            type="text"
            id="added"
            name="added"
            value={typed.added}
            size={10}
            maxlength={40}
            list="known-languages"
            spellcheck={false}
            autocapitalize="none"
            {...describedBy(added)}
          />
          <button type="submit" name="do" value="add">
            Add it
          </button>
        </div>
        <datalist id="known-languages">
          {offered.map((language) => (
            <option value={language}>{languageWords(language)}</option>
          ))}
        </datalist>
      </Field>
      <Field label="For members who read none of these" {...fallback}>
        <select id="fallback" name="fallback" {...describedBy(fallback)}>
          {typed.texts.map(({ language }) => (
            <option value={language} selected={language === typed.fallback}>
              {languageWords(language)}
            </option>
          ))}
        </select>
      </Field>
    </div>
  );
}

/** Languages in which our own words in the mail are written; any other can be typed. */
const offered = ['en', 'de', 'es', 'fr'];
