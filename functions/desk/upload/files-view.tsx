import { Choice, Choices, describedBy } from '../views/fields.tsx';
import { Section } from '../views/frames.tsx';
import { accepted } from './offer.ts';
import { mostFiles, type Typed } from './typed.ts';

/** Where files are dropped or chosen, and what was. Names, sizes and progress are written by static/upload.js. */
export function Files({ typed, fault }: { typed: Typed; fault?: string }) {
  const props = { id: 'files', hint: 'x', fault };
  return (
    <div>
      <Section title="Files" id="papers">
        <div class={fault ? 'field faulty needs-script' : 'field needs-script'}>
          <div class="drop" id="drop">
            <p>Drop files anywhere on this page, or</p>
            <div class="row">
              <label class="button choose">
                Choose files
                <input type="file" id="files" multiple accept={accepted} {...describedBy(props)} />
              </label>
              <label class="button choose with-camera">
                Take a photo
                <input type="file" id="camera" accept="image/*" capture="environment" />
              </label>
            </div>
          </div>
          <p class="hint" id="files-hint">
            {`PDF, TIFF, JPEG, PNG or HEIC, up to 40 MB each, ${mostFiles} files at once. They are sent as soon as they are chosen.`}
          </p>
          {fault && (
            <p class="fault" id="files-fault">
              {fault}
            </p>
          )}
        </div>
        <p id="left-out" role="alert" class="fault" />
        <ol id="chosen" class="chosen" aria-label="Chosen files" data-most={mostFiles} />
        {typed.files.map((file) => file && <input type="hidden" name="file" value={JSON.stringify(file)} />)}
        <div id="arrangement" hidden={typed.files.length < 2}>
          <Choices id="arranged" label="These files are">
            <Choice type="radio" name="arrangement" value="together" checked={!typed.apart}>
              one letter, its pages in this order
            </Choice>
            <Choice type="radio" name="arrangement" value="apart" checked={typed.apart}>
              letters of their own, one in each file
            </Choice>
          </Choices>
        </div>
      </Section>
      <FileRow />
    </div>
  );
}

/** One chosen file. Its buttons get the name of the file, for whoever hears them one by one. */
function FileRow() {
  return (
    <template id="file-row">
      <li class="chosen-file" tabindex={-1}>
        <span class="thumb" aria-hidden="true">
          <canvas width={96} height={96} hidden />
          <span data-part="kind" />
        </span>
        <div class="about-file">
          <span class="file-name" data-part="name" />
          <progress max={100} value={0} data-part="progress" />
          <span class="quiet" data-part="state" />
          <a href="/desk/sign-in" target="_blank" rel="noopener" data-part="sign-in" hidden>
            Sign in again in a new tab
          </a>
        </div>
        <div class="file-actions">
          <button type="button" data-act="retry" hidden>
            Try again
          </button>
          <button type="button" class="plain" data-act="up" title="Move up">
            <Arrow d="M8 13.5v-11M3.5 7L8 2.5 12.5 7" />
          </button>
          <button type="button" class="plain" data-act="down" title="Move down">
            <Arrow d="M8 2.5v11M3.5 9L8 13.5 12.5 9" />
          </button>
          <button type="button" class="plain" data-act="remove">
            Remove
          </button>
        </div>
      </li>
    </template>
  );
}

const Arrow = ({ d }: { d: string }) => (
  <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <path d={d} />
  </svg>
);
