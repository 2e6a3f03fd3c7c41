import type { Member } from '../../../shared/members/member.ts';
import {
  allScopes,
  emptyOptOut,
  type OptOut,
  type Scope,
  type Subject,
  stateOf,
  subjectsOf,
} from '../../../shared/optouts/opt-out.ts';
import { Choice } from '../views/fields.tsx';
import { memberPath } from '../views/paths.ts';
import { ScopeStateBadge, scopeWords } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import { boxOf, mostSubjects, restOf } from './boxes.ts';

export type OptOuts = Map<Subject, OptOut>;

export interface MemberChoiceProps {
  member: Member;
  because: string[];
  optOuts: OptOuts;
  checked: boolean;
  /** The boxes that are ticked; all of them where nothing was chosen yet. */
  ticked?: string[];
}

/** One member whom a request may be about, and below the name all that they can ask for, with its present state. */
export function MemberChoice({ member, because, optOuts, checked, ticked }: MemberChoiceProps) {
  const { memberId, name, handle, primaryEmail } = member;
  return (
    <div class="member-choice">
      <Choice type="radio" name="member" value={memberId} checked={checked}>
        <strong>{name}</strong> <span class="handle">{`@${handle}`}</span>
        <span class="hint">{primaryEmail}</span>
      </Choice>
      <div class="about-member">
        {because.map((sentence) => (
          <p class="because">{sentence}</p>
        ))}
        <a href={memberPath(memberId)}>
          Everything about <span>{name}</span>
        </a>
      </div>
      <ScopeBoxes member={member} optOuts={optOuts} ticked={checked ? ticked : undefined} />
      <p class="hint mail-goes">{`A mail goes to ${primaryEmail}: what is covered, and how to change it.`}</p>
    </div>
  );
}

function ScopeBoxes({ member, optOuts, ticked }: Pick<MemberChoiceProps, 'member' | 'optOuts' | 'ticked'>) {
  const subjects = subjectsOf(member);
  const more = subjects.length - mostSubjects;
  const isTicked = (value: string) => ticked === undefined || ticked.includes(value);
  return (
    <fieldset class="scope-boxes">
      <legend class="heard">{`Which images of ${member.name}`}</legend>
      {subjects.slice(0, mostSubjects).flatMap((subject) =>
        allScopes(subject).map((scope) => (
          <Choice type="checkbox" name="scope" value={boxOf(subject, scope)} checked={isTicked(boxOf(subject, scope))}>
            <ScopeNow subject={subject} scope={scope} optOuts={optOuts} />
          </Choice>
        )),
      )}
      {more > 0 && (
        <Choice type="checkbox" name="scope" value={restOf(member)} checked={isTicked(restOf(member))}>
          {`All of the ${more} other communities that they manage`}
        </Choice>
      )}
    </fieldset>
  );
}

/** What one kind of images is called, and whether it may be used now. */
export function ScopeNow({ subject, scope, optOuts }: { subject: Subject; scope: Scope; optOuts: OptOuts }) {
  const { state, since } = stateOf(optOuts.get(subject) ?? emptyOptOut(subject), scope);
  const community = subject.startsWith('community/') ? subject.slice('community/'.length) : undefined;
  return (
    <span class="scope-now">
      <span>
        {scopeWords[scope]}
        {community && <span class="of-community">{` ${community}`}</span>}
      </span>
      <span class="now">
        <ScopeStateBadge state={state} />
        {since && (
          <span class="hint">
            {' since '}
            <Moment at={since} show="day" />
          </span>
        )}
      </span>
    </span>
  );
}
