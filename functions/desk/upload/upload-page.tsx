import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Choice, Choices, describedBy, Field } from '../views/fields.tsx';
import { Section } from '../views/frames.tsx';
import { type Fault, Problem } from '../views/messages.tsx';
import { Files } from './files-view.tsx';
import { longest, type Typed } from './typed.ts';

/** The form as it was filled in so far, with what is wrong with it. static/upload.js sends the files. */
export function uploadPage(staff: Staff, typed: Typed, faults: Fault[]) {
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.sentence;
  return page(
    { title: 'Upload', staff, at: '/desk/upload', scripts, styles: ['upload.css'] },
    <form method="post" action="/desk/upload" id="upload" data-permits="/desk/upload/permits" novalidate>
      <input type="hidden" name="nonce" value={typed.nonce} />
      <Problem faults={faults} title="Nothing was taken in yet" />
      <noscript>
        <p class="notice warn">
          Uploading needs JavaScript, which is switched off in this browser: switch it on for this page and open it
          again.
        </p>
      </noscript>
      <div class="columns">
        <Files typed={typed} fault={faultOf('files')} />
        <Details typed={typed} faultOf={faultOf} />
      </div>
    </form>,
  );
}

const scripts = ['thumbnail', 'choose', 'row', 'send'].map((part) => `upload-${part}.js`).concat('upload.js');

interface DetailsProps {
  typed: Typed;
  faultOf: (field: string) => string | undefined;
}

function Details({ typed, faultOf }: DetailsProps) {
  return (
    <div>
      <Section title="About it" id="about">
        <Choices id="channel" label="It came as" fault={faultOf('channel')}>
          {kinds.map(({ value, words }) => (
            <Choice type="radio" name="channel" value={value} checked={typed.channel === value}>
              {words}
            </Choice>
          ))}
        </Choices>
        <Day writtenOn={typed.writtenOn} fault={faultOf('writtenOn')} />
        <Who who={typed.who} fault={faultOf('who')} />
        <Words words={typed.words} fault={faultOf('words')} />
        <p id="upload-news" role="status" class="upload-news" />
        <a id="sign-in-again" href="/desk/sign-in" target="_blank" rel="noopener" hidden>
          Sign in again in a new tab
        </a>
        <button type="submit" class="primary needs-script">
          Take it in
        </button>
      </Section>
    </div>
  );
}

const kinds = [
  { value: 'letter', words: 'A letter' },
  { value: 'fax', words: 'A fax on paper' },
  { value: 'other', words: 'Something else in writing' },
];

/** Empty at first: a day that stands there already is seldom looked at, and it decides when the answer is due. */
function Day({ writtenOn, fault }: { writtenOn: string; fault?: string }) {
  const props = {
    id: 'writtenOn',
    label: 'Date of the postmark',
    hint: 'The deadline counts from this day. A letter needs it: without a postmark, the day on which it came. For a fax, the day in its top line; left empty, today.',
    fault,
  };
  return (
    <Field {...props}>
      <input type="date" id="writtenOn" name="writtenOn" value={writtenOn} {...describedBy(props)} />
    </Field>
  );
}

function Who({ who, fault }: { who: string; fault?: string }) {
  const props = {
    id: 'who',
    label: 'Who it is from (optional)',
    hint: 'A name, a handle or an address. With the handle or the address of a member, the hold on the images begins at once.',
    fault,
  };
  return (
    <Field {...props}>
      <input id="who" name="who" value={who} autocomplete="off" {...describedBy(props)} />
    </Field>
  );
}

function Words({ words, fault }: { words: string; fault?: string }) {
  const props = {
    id: 'words',
    label: 'Note (optional)',
    hint: `What whoever decides should know, in at most ${longest.words.toLocaleString('en')} characters.`,
    fault,
  };
  return (
    <Field {...props}>
      <textarea id="words" name="words" rows={3} {...describedBy(props)}>
        {words}
      </textarea>
    </Field>
  );
}
