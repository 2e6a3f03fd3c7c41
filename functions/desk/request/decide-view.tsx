import { allScopes, subjectsOf } from '../../../shared/optouts/opt-out.ts';
import { isMembersWord } from '../../../shared/requests/by-person/members-word.ts';
import { isOpen, type WrittenRequest } from '../../../shared/requests/request.ts';
import { Section } from '../views/frames.tsx';
import { MemberName } from '../views/names.tsx';
import { AskForm } from './ask-form.tsx';
import { mostSubjects } from './boxes.ts';
import { DeclineForm } from './decline-form.tsx';
import type { Known } from './gather.ts';
import { FinderForm, GrantForm, type Sought } from './grant-form.tsx';
import { ScopeNow } from './member-choice.tsx';
import { DismissForm, ExtendForm, MergeForm, type MergePreview, NoteForm, ReopenForm } from './other-forms.tsx';
import type { ReadName } from './read-names.ts';
import { newestNumber } from './standing-view.tsx';
import type { Typed } from './typed.ts';

export interface DecideProps {
  known: Known;
  typed?: Typed;
  sought?: Sought;
  read?: ReadName[];
  preview?: MergePreview;
}

/** All that a person can do with the request as it stands. */
export function DecideView({ known, typed, sought, read, preview }: DecideProps) {
  const { request } = known;
  const form = { known, seen: newestNumber(request), typed };
  if (!isOpen(request.state)) {
    return (
      <Section title="It is decided" id="decide">
        <PresentStates known={known} />
        {onlyMemberReopens(request) && <MembersWord />}
        <div class="steps">
          {onlyMemberReopens(request) ? undefined : <ReopenForm {...form} />}
          <NoteForm {...form} />
        </div>
      </Section>
    );
  }
  return (
    <Section title="Decide" id="decide">
      <div class="steps">
        <GrantForm {...form} sought={sought} read={read} />
        <DeclineForm {...form} />
        <AskForm {...form} />
        <DismissForm {...form} />
        <MergeForm {...form} preview={preview} />
        <ExtendForm {...form} />
        <NoteForm {...form} />
      </div>
      <FinderForm requestId={request.requestId} />
    </Section>
  );
}

/** What the member's own word put into effect stays until they take it back themselves. */
const onlyMemberReopens = (request: WrittenRequest): boolean => request.state === 'granted' && isMembersWord(request);

const MembersWord = () => (
  <p class="hint">
    The member put this into effect with their own word, so only they take it back, by a link that is sent from their
    page. A reply to this request reopens it.
  </p>
);

/** What may be used now of the member whom the request was about; of all that it may have been about, where nobody knows. */
function PresentStates({ known: { request, inQuestion, optOuts } }: { known: Known }) {
  const its = inQuestion.filter(({ memberId }) => request.who === `member/${memberId}`);
  return (
    <>
      {(its.length > 0 ? its : inQuestion).flatMap(({ member }) =>
        member
          ? [
              <div class="present">
                <p>
                  <MemberName member={member} />
                </p>
                <ul>
                  {subjectsOf(member)
                    .slice(0, mostSubjects)
                    .flatMap((subject) =>
                      allScopes(subject).map((scope) => (
                        <li>
                          <ScopeNow subject={subject} scope={scope} optOuts={optOuts} />
                        </li>
                      )),
                    )}
                </ul>
              </div>,
            ]
          : [],
      )}
    </>
  );
}
