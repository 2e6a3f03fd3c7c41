import { type DeclineReason, declineReasons } from '../../../shared/requests/by-person/decline.ts';
import { Choice, Choices } from '../views/fields.tsx';
import type { FormProps } from './other-forms.tsx';
import { declineWords } from './readers-words.ts';
import { StepForm, WordsField } from './step-form.tsx';
import { filled } from './typed.ts';

/** Lets go of what the request held, and says why. */
export function DeclineForm({ known: { request, readers }, seen, typed }: FormProps) {
  const form = filled('decline', typed);
  return (
    <StepForm
      requestId={request.requestId}
      step="decline"
      words="Decline"
      about="what it held may be used again"
      seen={seen}
      filled={form}
      button={{ words: 'Decline', tone: 'danger' }}
      reader={declineWords(request, readers)}
    >
      <Choices id="decline-reason" label="Why?" fault={form.fault('decline-reason')}>
        {Object.entries(declineReasons).map(([reason, words]) => (
          <Choice type="radio" name="reason" value={reason} checked={form.value('reason') === reason}>
            {words}
          </Choice>
        ))}
      </Choices>
      <WordsField
        step="decline"
        label="What the requester reads"
        hint="At least one sentence, in their language if you can. Not needed where they took it back themselves."
        filled={form}
      />
    </StepForm>
  );
}

export const isDeclineReason = (text: string | undefined): text is DeclineReason =>
  text !== undefined && Object.hasOwn(declineReasons, text);
