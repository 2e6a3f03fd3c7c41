import { Choice, Choices, describedBy, Field } from '../views/fields.tsx';
import type { FaultOf } from './faults.ts';
import { noticesPath } from './paths.ts';
import { zones } from './send-time.ts';
import type { Typed } from './typed.ts';

interface Props {
  typed: Typed;
  faultOf: FaultOf;
}

/** When it is sent, and until when the site shows it, by the clocks of one place; then both in words. */
export function Sending({ typed, faultOf, moments }: Props & { moments: string[] }) {
  const zone = {
    id: 'zone',
    hint: 'Times here are by the clocks of this place, summer time included.',
    fault: faultOf('zone'),
  };
  return (
    <div class="stack" id="times">
      <DayAndTime label="To be sent" what="send" day={typed.sendDay} time={typed.sendTime} fault={faultOf('sendDay')} />
      <DayAndTime
        label="Shown by the site until"
        what="banner"
        day={typed.bannerDay}
        time={typed.bannerTime}
        fault={faultOf('bannerDay')}
      />
      <Field label="Time zone" {...zone}>
        <select id="zone" name="zone" data-new={typed.seen === 0 ? 'yes' : undefined} {...describedBy(zone)}>
          {zones().map((name) => (
            <option value={name} selected={name === typed.zone}>
              {name.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </Field>
      <div
        class="moments"
        role="status"
        hx-post={`${noticesPath}/moments`}
        hx-include="#notice-form"
        hx-trigger="change from:#times"
        hx-swap="innerHTML"
        // What was chosen last counts, not what was answered last.
        hx-sync="this:replace"
        id="moments"
      >
        <Moments words={moments} />
      </div>
    </div>
  );
}

/** What was chosen, in words: in the zone and in UTC. */
export const Moments = ({ words }: { words: string[] }) => (
  <>
    {words.map((sentence) => (
      <p class="hint">{sentence}</p>
    ))}
  </>
);

interface DayAndTimeProps {
  label: string;
  what: 'send' | 'banner';
  day: string;
  time: string;
  fault?: string;
}

function DayAndTime({ label, what, day, time, fault }: DayAndTimeProps) {
  const [dayId, timeId] = [`${what}Day`, `${what}Time`];
  return (
    <fieldset class={fault ? 'field faulty' : 'field'}>
      <legend>{label}</legend>
      {fault && (
        <p class="fault" id={`${dayId}-fault`}>
          {fault}
        </p>
      )}
      <div class="row">
        <input
          type="date"
          id={dayId}
          name={dayId}
          value={day}
          aria-label={`${label}: day`}
          {...describedBy({ id: dayId, fault })}
        />
        <input type="time" id={timeId} name={timeId} value={time} aria-label={`${label}: time`} />
      </div>
    </fieldset>
  );
}

/** Who is told. The audience is that of the moment at which sending begins. */
export function Whom({ typed, faultOf }: Props) {
  const locales = {
    id: 'locales',
    hint: 'Codes with commas between, such as de, fr. A code takes in its varieties: de is de-AT, too.',
  };
  return (
    <section class="card" aria-labelledby="whom-title">
      <h2 id="whom-title">To whom</h2>
      <Choices
        id="audience"
        label="Members who are told"
        hint="All who are members at the moment when sending begins. Whoever joins later does so under the new policy."
        fault={faultOf('audience')}
      >
        <Choice type="radio" name="who" value="all" checked={typed.who === 'all'}>
          Everybody
        </Choice>
        <Choice type="radio" name="who" value="managers" checked={typed.who === 'managers'}>
          Members who manage a community
        </Choice>
        <Choice type="radio" name="who" value="locales" checked={typed.who === 'locales'}>
          Members who read certain languages
        </Choice>
        <div class="of-locales">
          <Field label="Which languages" {...locales}>
            <input
              type="text"
              id="locales"
              name="locales"
              value={typed.locales}
              maxlength={400}
              spellcheck={false}
              autocapitalize="none"
              {...describedBy(locales)}
            />
          </Field>
        </div>
      </Choices>
    </section>
  );
}
