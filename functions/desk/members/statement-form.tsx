import type { Member } from '../../../shared/members/member.ts';
import { Choice, Choices, describedBy, Field } from '../views/fields.tsx';
import { SecondStep } from '../views/frames.tsx';
import { Problem } from '../views/messages.tsx';
import { memberPath } from '../views/paths.ts';
import { scopeOf } from '../views/states.tsx';
import { coverable, mostWords, type Statement, ways } from './statement.ts';

/** Records an opt-out that did not come as mail or as a scan. What was typed comes back with what is wrong. */
export function StatementForm({ member, statement }: { member: Member; statement: Statement }) {
  const { nonce, how, receivedOn, covers, words, faults } = statement;
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.sentence;
  const received = {
    id: 'receivedOn',
    hint: 'The clock for the answer starts on this day.',
    fault: faultOf('receivedOn'),
  };
  const said = { id: 'words', hint: 'What they wrote, who took it, where the original is.', fault: faultOf('words') };
  return (
    <SecondStep id="record" words="Record an opt-out that came by other means" open={faults.length > 0}>
      <form method="post" action={`${memberPath(member.memberId)}/statements`} class="stack" novalidate>
        <Problem faults={faults} />
        <p class="quiet">
          It takes effect at once, and the member gets an answer. A letter or a fax is better uploaded as a scan.
        </p>
        <input type="hidden" name="nonce" value={nonce} />
        <Choices id="how" label="How it came" fault={faultOf('how')}>
          {Object.entries(ways).map(([value, label]) => (
            <Choice type="radio" name="how" value={value} checked={value === how}>
              {label}
            </Choice>
          ))}
        </Choices>
        <Field label="When it came" {...received}>
          <input type="date" name="receivedOn" id="receivedOn" value={receivedOn} {...describedBy(received)} />
        </Field>
        <Choices
          id="covers"
          label="What it covers"
          hint="Marketing e-mail only where they asked for that, too: only they switch it on again."
          fault={faultOf('covers')}
        >
          {coverable(member).map(({ subject, scope, value }) => (
            <Choice type="checkbox" name="covers" value={value} checked={covers.includes(value)}>
              {scopeOf(subject, scope)}
            </Choice>
          ))}
        </Choices>
        <Field label="In their words" {...said}>
          <textarea name="words" id="words" maxlength={mostWords} {...describedBy(said)}>
            {words}
          </textarea>
        </Field>
        <div class="row">
          <button type="submit" class="primary">
            Record and block
          </button>
        </div>
      </form>
    </SecondStep>
  );
}
