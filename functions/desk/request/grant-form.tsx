import type { Member } from '../../../shared/members/member.ts';
import { Choices } from '../views/fields.tsx';
import type { Known } from './gather.ts';
import { MemberChoice, type OptOuts } from './member-choice.tsx';
import { onlyWhenDone, partPath } from './paths.ts';
import type { ReadName } from './read-names.ts';
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
  /** What was read on the pages and leads to nobody: offered to be searched for. */
  read?: ReadName[];
}

/** Blocks the images of the member whom the request is about. */
export function GrantForm({ known, seen, typed, sought, read }: GrantFormProps) {
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
    >
      <Choice known={known} form={form} read={read} />
      <Finder requestId={requestId} sought={sought} isAlone={isNobodyKnown(known)} />
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
export function Choice({ known, form, read = [], oob }: ChoiceProps) {
  const members = known.inQuestion.flatMap(({ member, because }) => (member ? [{ member, because }] : []));
  const chosen = form.value('member') ?? certain(known);
  const fault = form.fault('member');
  const gone = known.inQuestion.filter(({ member }) => !member);
  return (
    <div id="choice" hx-swap-oob={oob ? 'true' : undefined}>
      {members.length === 0 && (
        <div id="member" tabindex={-1} class={fault ? 'field faulty' : undefined}>
          <p class="hint">Nobody was recognised: search for whose images it is about.</p>
          {fault && <p class="fault">{fault}</p>}
        </div>
      )}
      {members.length > 0 && (
        <Choices id="member" label="Whose images?" fault={fault}>
          {members.map(({ member, because }) => (
            <MemberChoice
              member={member}
              because={because}
              optOuts={known.optOuts}
              checked={member.memberId === chosen}
              ticked={form.isBack ? form.all('scope') : undefined}
            />
          ))}
        </Choices>
      )}
      {gone.map(({ memberId }) => (
        <p class="hint">{`Member ${memberId} is no longer in the directory.`}</p>
      ))}
      <Read requestId={known.request.requestId} read={read} />
    </div>
  );
}

interface ChoiceProps {
  known: Known;
  form: Filled;
  read?: ReadName[];
  oob?: boolean;
}

/** Names from the pages: a press looks for one, and the field then has it to be corrected. */
function Read({ requestId, read }: { requestId: string; read: ReadName[] }) {
  if (read.length === 0) return null;
  return (
    <p class="hint read-names">
      {'Read there, and nobody has it as it stands: '}
      {read.map(({ words, page }, index) => (
        <span class="read-name">
          {index > 0 && ', '}
          <a href={`${partPath(requestId)}?${new URLSearchParams({ find: words })}#find`} data-find={words}>
            {words}
          </a>
          {` (page ${page})`}
        </span>
      ))}
      . Press one to look for it.
    </p>
  );
}

/** Chosen beforehand only where the arrival or its paper leads to one member for certain: else a person has to look. */
const certain = ({ request: { who } }: Known): string | undefined =>
  who?.startsWith('member/') ? who.slice('member/'.length) : undefined;

export const isNobodyKnown = ({ inQuestion }: Known): boolean => !inQuestion.some(({ member }) => member);

/** What the field is called depends on whether somebody stands above it. */
export const FinderLabel = ({ isAlone, oob }: { isAlone: boolean; oob?: boolean }) => (
  <label for="find" id="find-label" hx-swap-oob={oob ? 'true' : undefined}>
    {isAlone ? 'Whose images?' : 'Somebody else'}
  </label>
);

/** The field belongs to a form of its own, so that Enter in it searches and grants nothing. */
function Finder({ requestId, sought, isAlone }: { requestId: string; sought?: Sought; isAlone: boolean }) {
  return (
    <div class="finder">
      <FinderLabel isAlone={isAlone} />
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
        <MemberChoice member={member} because={[]} optOuts={optOuts} checked={false} />
      ))}
    </>
  );
}
