import type { Member } from '../../../shared/members/member.ts';
import { Choices } from '../views/fields.tsx';
import type { Known } from './gather.ts';
import { MemberChoice, type OptOuts } from './member-choice.tsx';
import { onlyWhenDone, partPath } from './paths.ts';
import { StepForm, WordsField } from './step-form.tsx';
import { type Filled, filled, type Typed } from './typed.ts';

/** Members that somebody looked for on the page. */
export interface Sought {
  text: string;
  members: Member[];
  optOuts: OptOuts;
}

export interface GrantFormProps {
  known: Known;
  seen: number;
  typed?: Typed;
  sought?: Sought;
}

/** Blocks the images of the member whom the request is about. */
export function GrantForm({ known, seen, typed, sought }: GrantFormProps) {
  const { requestId } = known.request;
  const form = filled('grant', typed);
  return (
    <StepForm
      requestId={requestId}
      step="grant"
      words="Grant"
      about="the images are not used in marketing any more"
      seen={seen}
      filled={form}
      open={!typed}
      button={{ words: 'Grant: block these images', tone: 'primary' }}
      reader="The member reads what is covered and how to change it."
    >
      <Choice known={known} form={form} />
      <Finder requestId={requestId} sought={sought} />
      <WordsField
        step="grant"
        label="A note (optional)"
        hint="Stays in the history; the member does not read it."
        filled={form}
        rows={2}
      />
    </StepForm>
  );
}

/** Whose images: renewed, with what is chosen, when the scans are read. */
export function Choice({ known, form, oob }: { known: Known; form: Filled; oob?: boolean }) {
  const members = known.inQuestion.flatMap(({ member, because }) => (member ? [{ member, because }] : []));
  const chosen = form.value('member') ?? likeliest(known);
  const gone = known.inQuestion.filter(({ member }) => !member);
  return (
    <div id="choice" hx-swap-oob={oob ? 'true' : undefined}>
      <Choices
        id="member"
        label={members.length === 0 ? 'Whose images? Nobody was recognised: search below.' : 'Whose images?'}
        fault={form.fault('member')}
      >
        {members.map(({ member, because }) => (
          <MemberChoice
            member={member}
            because={because}
            optOuts={known.optOuts}
            checked={member.memberId === chosen}
            ticked={form.isBack ? form.all('scope') : undefined}
          />
        ))}
        {gone.map(({ memberId }) => (
          <p class="hint">{`Member ${memberId} is no longer in the directory.`}</p>
        ))}
      </Choices>
    </div>
  );
}

/** Chosen beforehand only where there is but one: among several a person has to look. */
const likeliest = ({ inQuestion }: Known): string | undefined => {
  const members = inQuestion.filter(({ member }) => member);
  return members.length === 1 ? members[0]!.memberId : undefined;
};

/** The field belongs to a form of its own, so that Enter in it searches and grants nothing. */
function Finder({ requestId, sought }: { requestId: string; sought?: Sought }) {
  return (
    <div class="finder">
      <label for="find">Somebody else</label>
      <div class="finder-row">
        <input
          type="search"
          id="find"
          name="find"
          form="find-form"
          value={sought?.text}
          maxlength={200}
          autocomplete="off"
          placeholder="Name, address, user name or member id"
          hx-get={partPath(requestId, 'members')}
          hx-trigger="input changed delay:300ms"
          hx-target="#found-members"
          {...onlyWhenDone}
        />
        <button type="submit" form="find-form">
          Find
        </button>
      </div>
      <div id="found-members" aria-live="polite">
        {sought && <FoundMembers sought={sought} />}
      </div>
    </div>
  );
}

/** Stands outside the other form, since forms do not nest. */
export const FinderForm = ({ requestId }: { requestId: string }) => (
  <form
    id="find-form"
    action={`${partPath(requestId)}#grant`}
    hx-get={partPath(requestId, 'members')}
    hx-target="#found-members"
  />
);

export function FoundMembers({ sought: { text, members, optOuts } }: { sought: Sought }) {
  if (text.trim() === '') return null;
  if (members.length === 0) {
    return (
      <p class="hint">
        {`Nobody is found by “${text.slice(0, 80)}”. Names and addresses are found only as a whole, in any case and with or without accents.`}
      </p>
    );
  }
  return (
    <>
      {members.map((member) => (
        <MemberChoice member={member} because={[]} optOuts={optOuts} checked={members.length === 1} />
      ))}
    </>
  );
}
