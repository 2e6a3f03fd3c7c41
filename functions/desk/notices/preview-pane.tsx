import { noticesPath } from './paths.ts';
import type { Typed } from './typed.ts';
import { languageWords } from './words.ts';

/** As what a notice can be looked at. */
export const looks = [
  ['mail', 'Mail'],
  ['text', 'Mail without HTML'],
  ['banner', 'Banner'],
] as const;

export type Look = (typeof looks)[number][0];

export const lookOf = (text: string | null | undefined): Look => looks.find(([look]) => look === text)?.[0] ?? 'mail';

/**
 * What is typed, as members will see it: the form itself is sent into the frame, by a button of this pane or by
 * notices.js whenever the typing pauses. So the frame shows the very mail, under a policy of its own, without script.
 */
export function PreviewPane({ typed, noticeId }: { typed: Typed; noticeId?: string }) {
  return (
    <section class="preview" aria-labelledby="preview-title" id="preview">
      <div class="preview-head">
        <h2 id="preview-title">Preview</h2>
        <label for="preview-language" class="heard">
          Language of the preview
        </label>
        <select id="preview-language" name="shown" hidden={typed.texts.length < 2}>
          {typed.texts.map(({ language }) => (
            <option value={language}>{languageWords(language)}</option>
          ))}
        </select>
        {noticeId && <input type="hidden" name="noticeId" value={noticeId} />}
        <div class="row looks">
          {looks.map(([look, words]) => (
            <button
              type="submit"
              name="as"
              value={look}
              formaction={`${noticesPath}/preview`}
              formtarget="preview-frame"
              data-look={look}
            >
              {words}
            </button>
          ))}
        </div>
      </div>
      <div class="frame" id="preview-room">
        <iframe name="preview-frame" title="Preview of the notice" sandbox="" />
      </div>
    </section>
  );
}
