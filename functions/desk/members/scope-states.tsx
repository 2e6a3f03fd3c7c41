import { allScopes, type OptOut, type Scope, stateOf } from '../../../shared/optouts/opt-out.ts';
import { CommunityName } from '../views/names.tsx';
import { requestPath } from '../views/paths.ts';
import { Badge, ScopeStateBadge, scopeWords } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';

/** The state of every scope of the subjects, since when, and by which requests. `own`: on the page of the subject. */
export function ScopeStates({ optOuts, own }: { optOuts: OptOut[]; own?: boolean }) {
  return (
    <ul class="scopes">
      {optOuts.flatMap((optOut) =>
        scopesShown(optOut).map((scope) => <ScopeLine optOut={optOut} scope={scope} own={own} />),
      )}
    </ul>
  );
}

function ScopeLine({ optOut, scope, own }: { optOut: OptOut; scope: Scope; own?: boolean }) {
  const { state, since, requestIds } = stateOf(optOut, scope);
  const [kind, id = ''] = optOut.subject.split('/');
  return (
    <li>
      <div>
        {scopeWords[scope]}
        {kind === 'community' && !own && (
          <span class="quiet">
            {' of '}
            <CommunityName communityId={id} />
          </span>
        )}
      </div>
      <div>
        {scope === 'marketing-email' ? <MailBadge isOff={state !== 'clear'} /> : <ScopeStateBadge state={state} />}
      </div>
      <div class="quiet">
        {since && (
          <>
            since <Moment at={since} show="day" /> by <RequestIds ids={requestIds} />
          </>
        )}
      </div>
    </li>
  );
}

/** A member's marketing e-mail is off or on: nothing of it is "used". */
function MailBadge({ isOff }: { isOff: boolean }) {
  return <Badge tone={isOff ? 'danger' : 'good'}>{isOff ? 'Off' : 'On'}</Badge>;
}

/** Links to requests. Something other than a request can stand behind a state, too: it is named as it is. */
export function RequestIds({ ids }: { ids: string[] }) {
  const shown = ids.slice(0, 5);
  return (
    <>
      {shown.map((id, index) => (
        <>
          {index > 0 && ', '}
          {id.startsWith('W-') ? (
            <a class="id" href={requestPath(id)}>
              {id}
            </a>
          ) : (
            <span class="id">{id}</span>
          )}
        </>
      ))}
      {ids.length > shown.length && ` and ${ids.length - shown.length} more`}
    </>
  );
}

const scopesShown = ({ subject }: OptOut): Scope[] => [
  ...allScopes(subject),
  ...(subject.startsWith('member/') ? (['marketing-email'] as const) : []),
];
