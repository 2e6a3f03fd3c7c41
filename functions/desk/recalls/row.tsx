import { presentState, type Recall, untilDone } from '../../../shared/recalls/recall.ts';
import { requestPath } from '../views/paths.ts';
import { Badge, ScopeStateBadge, scopeWords } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import type { GroupProps } from './campaign-group.tsx';
import { durationWords } from './words.ts';

type RowProps = Pick<GroupProps, 'staff' | 'members' | 'optOuts'> & { recall: Recall; isTicked: boolean };

/** One thing to take down: whose and what, what holds now, and how it came about. */
export function Row({ recall, staff, members, optOuts, isTicked }: RowProps) {
  const { recallId, subject, scope, standing } = recall;
  const state = presentState(recall, optOuts.get(subject)!);
  const name = nameOf(recall, members);
  const what = (
    <>
      <strong>{name}</strong>
      <span class="second">{scopeWords[scope]}</span>
    </>
  );
  const isReviewer = staff.groups.some((group) => group !== 'marketing');
  return (
    <li>
      {standing === 'open' ? (
        <input type="checkbox" name="recall" value={recallId} id={`tick-${recallId}`} checked={isTicked} />
      ) : (
        <span />
      )}
      <div class="what">{standing === 'open' ? <label for={`tick-${recallId}`}>{what}</label> : what}</div>
      <div class="now">
        {state === 'clear' ? <Badge tone="good">May be used again</Badge> : <ScopeStateBadge state={state} />}
        {state === 'clear' && <span class="second">Ask for clearance before you do.</span>}
      </div>
      <div class="how second">
        <How recall={recall} isReviewer={isReviewer} />
      </div>
      {standing === 'done' && (
        <button type="submit" name="recall" value={recallId} class="undo">
          Open again<span class="heard">{`: ${name}`}</span>
        </button>
      )}
    </li>
  );
}

function nameOf({ subject }: Recall, members: RowProps['members']): string {
  const [kind = '', id = ''] = [subject.slice(0, subject.indexOf('/')), subject.slice(subject.indexOf('/') + 1)];
  const member = kind === 'member' ? members.get(id) : undefined;
  return member ? `${member.name} @${member.handle}` : `${kind === 'member' ? 'Member' : 'Community'} ${id}`;
}

function How({ recall, isReviewer }: { recall: Recall; isReviewer: boolean }) {
  const { requestId, requestedAt, clearedAt, checkId, standing, steps } = recall;
  const last = steps.at(-1);
  return (
    <>
      <p>
        Cleared <Moment at={clearedAt} />, check <a href={`/desk/clearance/checks/${checkId}`}>{checkId}</a>
      </p>
      <p>
        Asked for <Moment at={requestedAt} />
        {standing === 'open' && ` (${durationWords(Date.now() - Date.parse(requestedAt))} ago)`}, request{' '}
        {isReviewer ? <a href={requestPath(requestId)}>{requestId}</a> : requestId}
      </p>
      {last && (
        <p>
          {last.standing === 'done' ? 'Done' : 'Opened again'} <Moment at={last.at} /> by {last.by.name}
          {standing === 'done' && `, ${durationWords(untilDone(recall))} after the request`}
          {last.words && <q class="words">{last.words}</q>}
        </p>
      )}
    </>
  );
}
