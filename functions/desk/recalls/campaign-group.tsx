import { addDays, addSeconds } from '../../../shared/clock.ts';
import type { Recall } from '../../../shared/recalls/recall.ts';
import { groupOf, type Told } from '../../../shared/recalls/told.ts';
import type { Staff } from '../staff.ts';
import { describedBy, Field } from '../views/fields.tsx';
import { Section } from '../views/frames.tsx';
import type { Fault } from '../views/messages.tsx';
import { Moment } from '../views/times.tsx';
import type { Gathered } from './gather.ts';
import { recallsPath } from './paths.ts';
import { Row } from './row.tsx';

/** The form of one campaign as it was filled in, when it comes back, and what is wrong with it. */
export interface Typed {
  campaign: string;
  contact: string;
  ticked: string[];
  words: string;
  faults: Fault[];
}

export interface GroupProps extends Gathered {
  staff: Staff;
  /** Of one campaign and contact. */
  recalls: Recall[];
  /** Number of the group on the page. */
  place: number;
  typed?: Typed;
}

/** What one campaign has to take down, in one form: tick what was taken down, say so, and mark it. */
export function CampaignGroup({ typed, ...props }: GroupProps) {
  const { recalls, place, standing } = props;
  const { campaign, contact } = recalls[0]!;
  const own = typed?.campaign === campaign && typed.contact === contact ? typed : undefined;
  const isOpen = standing === 'open';
  return (
    <Section title={campaign} id={`campaign-${place}`} actions={<Contact contact={contact} />}>
      <form method="post" action={`${recallsPath}/${isOpen ? 'done' : 'undo'}`} class="recall-form">
        <input type="hidden" name="campaign" value={campaign} />
        <input type="hidden" name="contact" value={contact} />
        {isOpen && <Mail told={props.told.get(groupOf(recalls[0]!))} recalls={recalls} />}
        <ol class="recalls">
          {recalls.map((recall) => (
            <Row recall={recall} {...props} isTicked={own?.ticked.includes(recall.recallId) ?? recalls.length === 1} />
          ))}
        </ol>
        {isOpen && <Done place={place} typed={own} />}
      </form>
    </Section>
  );
}

const Contact = ({ contact }: { contact: string }) => (
  <p class="quiet">
    Contact: <a href={`mailto:${encodeURIComponent(contact).replaceAll('%40', '@')}`}>{contact}</a>
  </p>
);

/** When the contact was told, and by when it will be: what is new with the next hour, else once a day. */
function Mail({ told, recalls }: { told?: Told; recalls: Recall[] }) {
  const { sentAt, bouncedAt, failedAt } = told ?? {};
  const untold = recalls.map(({ openedAt }) => openedAt).find((openedAt) => !sentAt || openedAt > sentAt);
  const dueBy = addSeconds(untold ?? addDays(sentAt!, 1), 3600);
  return (
    <p class="quiet">
      {sentAt && (
        <>
          Last mail to the contact: <Moment at={sentAt} />.{' '}
        </>
      )}
      {(bouncedAt || failedAt) && <strong>It could not be delivered: tell the contact yourself. </strong>}
      {sentAt ? 'The next one, while this is open: by ' : 'Mail to the contact: by '}
      <Moment at={dueBy} />.
    </p>
  );
}

/** The words are asked for: years later they say what was taken down, and from where. */
function Done({ place, typed }: { place: number; typed?: Typed }) {
  const id = `words-${place}`;
  const field = {
    id,
    label: 'What was done',
    hint: 'Such as: taken out of the newsletter and of the landing page.',
    fault: typed?.faults.find((fault) => fault.field === id)?.sentence,
  };
  return (
    <div class="recall-done">
      <Field {...field}>
        <textarea id={id} name="words" rows={2} required maxlength={2000} {...describedBy(field)}>
          {typed?.words}
        </textarea>
      </Field>
      <p>
        <button type="submit" class="primary">
          Mark as done
        </button>
      </p>
    </div>
  );
}
