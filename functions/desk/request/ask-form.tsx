import type { FormProps } from './other-forms.tsx';
import { readersWords } from './readers-words.ts';
import { StepForm, WordsField } from './step-form.tsx';
import { filled } from './typed.ts';

/** Asks the requester something; the time to decide stands still until they reply. */
export function AskForm({ known: { request, readers }, seen, typed }: FormProps) {
  const form = filled('ask', typed);
  return (
    <StepForm
      requestId={request.requestId}
      step="ask"
      words="Ask the requester"
      about="the time stands still until they reply, and what is held stays held"
      seen={seen}
      filled={form}
      button={{ words: readers.length > 0 ? 'Send the question' : 'Prepare the question', tone: 'primary' }}
      reader={readersWords(request, readers)}
    >
      <WordsField
        step="ask"
        label="What do you want to know?"
        hint="A whole sentence, in their language if you can. Around it stand a greeting, the number of the request and how to reply."
        filled={form}
      />
    </StepForm>
  );
}
