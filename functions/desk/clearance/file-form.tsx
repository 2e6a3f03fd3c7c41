import { describedBy, Field } from '../views/fields.tsx';
import { Section } from '../views/frames.tsx';
import type { TypedCampaign } from './typed.ts';
import { largestMb } from './upload-limit.ts';

interface FormProps {
  typed?: TypedCampaign;
  faultOf: (field: string) => string | undefined;
}

/** A CSV for the job that checks it. static/clearance.js sends the file; the form then names it. */
export function FileForm({ typed, faultOf }: FormProps) {
  const field = {
    id: 'csv',
    label: 'CSV file',
    hint: `With a column subject (member/1001), and perhaps scope; up to ${largestMb} MB. It comes back with the answer beside each line.`,
    fault: faultOf('csv'),
  };
  return (
    <Section title="Ask for a file" id="file">
      <noscript>
        <p class="notice warn">Uploading needs JavaScript, which is switched off in this browser.</p>
      </noscript>
      <form
        method="post"
        action="/desk/clearance/files"
        class="stack needs-script"
        id="csv-form"
        data-permits="/desk/clearance/files/permits"
      >
        <Field {...field}>
          <input type="file" id="csv" accept=".csv,text/csv" required {...describedBy(field)} />
        </Field>
        <input type="hidden" name="upload" />
        <input type="hidden" name="name" />
        <CampaignFields place="file-" typed={typed} faultOf={faultOf} />
        <progress id="csv-progress" max="1" value="0" aria-label="How much of the file has arrived" hidden />
        <p id="csv-news" role="status" />
        <p>
          <button type="submit" class="primary">
            Check the file
          </button>
        </p>
      </form>
    </Section>
  );
}

/** What the images are for: then it is recalled when somebody says no later. */
export function CampaignFields({ place, typed, faultOf }: FormProps & { place: string }) {
  const name = {
    id: `${place}campaign`,
    label: 'Campaign (optional)',
    hint: 'When somebody says no later, it is recalled.',
    fault: faultOf(`${place}campaign`),
  };
  const contact = {
    id: `${place}contact`,
    label: 'Its contact',
    hint: 'Mail address of whoever can take it down.',
    fault: faultOf(`${place}contact`),
  };
  return (
    <>
      <Field {...name}>
        <input id={name.id} name="campaign" value={typed?.campaign} maxlength={120} {...describedBy(name)} />
      </Field>
      <Field {...contact}>
        <input
          type="email"
          id={contact.id}
          name="contact"
          value={typed?.contact}
          maxlength={254}
          {...describedBy(contact)}
        />
      </Field>
    </>
  );
}
