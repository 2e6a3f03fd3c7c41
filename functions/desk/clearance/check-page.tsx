import type { Clearance, ScopeClearance } from '../../../shared/clearance/check.ts';
import type { KeptCheck } from '../../../shared/clearance/check-record.ts';
import { type OptOut, type Scope, stateOf } from '../../../shared/optouts/opt-out.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Card, Fact, Facts } from '../views/frames.tsx';
import { requestPath } from '../views/paths.ts';
import { Badge, ScopeStateBadge, scopeWords } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import { pageSize, type Shown } from './shown.ts';

/** One check as it was answered then. What holds now may differ, so it says so. */
export function checkPage(staff: Staff, check: KeptCheck, shown: Shown) {
  const crumbs = [{ path: '/desk/clearance', words: 'Clearance' }];
  const mayOpen = staff.groups.some((group) => group !== 'marketing');
  return page(
    { title: `Check ${check.checkId}`, staff, at: '/desk/clearance', crumbs },
    <>
      <About check={check} />
      <Card>
        <Choice check={check} shown={shown} />
        <ul class="plain-list" id="answers">
          {shown.results.map((result) => (
            <Answer result={result} shown={shown} mayOpen={mayOpen} />
          ))}
        </ul>
        <Pages checkId={check.checkId} shown={shown} />
      </Card>
    </>,
  );
}

function About({ check: { at, by, campaign, file, results } }: { check: KeptCheck }) {
  const refused = results.filter(({ allowed }) => !allowed).length;
  return (
    <Facts>
      <Fact label="Answered">
        <Moment at={at} />: ask again before you use an image now
      </Fact>
      <Fact label="Asked by">{askerWords[by.kind](by.name ?? by.id)}</Fact>
      {campaign && (
        <Fact label="Campaign">
          {campaign.name}, contact {campaign.contact}
        </Fact>
      )}
      {file && <Fact label="File">{`${file.name}, lines ${file.firstLine} to ${file.lastLine}`}</Fact>}
      <Fact label="Answer">
        {`${(results.length - refused).toLocaleString('en')} could be used then, ${refused.toLocaleString('en')} could not`}
      </Fact>
    </Facts>
  );
}

const askerWords: Record<KeptCheck['by']['kind'], (name: string) => string> = {
  machine: (name) => `the program ${name}`,
  person: (name) => name,
  terminal: (name) => `${name}, at the terminal`,
};

function Choice({ check: { checkId }, shown: { refusedOnly } }: { check: KeptCheck; shown: Shown }) {
  const path = `/desk/clearance/checks/${checkId}`;
  return (
    <p>
      {refusedOnly ? (
        <a href={path}>Show all</a>
      ) : (
        <a href={`${path}?only=refused`}>Show only what could not be used</a>
      )}
    </p>
  );
}

function Answer({ result, shown, mayOpen }: { result: Clearance; shown: Shown; mayOpen: boolean }) {
  const { subject, known, scopes } = result;
  const member = shown.members.get(subject.slice(subject.indexOf('/') + 1));
  const name = subject.startsWith('member/') ? member?.name : undefined;
  return (
    <li>
      <strong>{name ?? subject}</strong> {name && <span class="quiet">{subject}</span>}{' '}
      {!known && <Badge tone="danger">Unknown then, so not to be used</Badge>}
      {(Object.entries(scopes) as [Scope, ScopeClearance][]).map(([scope, state]) => (
        <div>
          {scopeWords[scope]}
          {/* What nobody knows is clear as well, and green would say that it may be used. */}
          {(known || state.state !== 'clear') && (
            <>
              : <ScopeStateBadge state={state.state} />
            </>
          )}{' '}
          {state.since && (
            <span class="quiet">
              since <Moment at={state.since} />
            </span>
          )}{' '}
          {state.state === 'clear' && <Since scope={scope} optOut={shown.optOuts.get(subject)!} />}
          {state.requestIds.map((id) => (mayOpen ? <a href={requestPath(id)}>{id}</a> : <code>{id}</code>))}
        </div>
      ))}
    </li>
  );
}

/** What came after the check, where it puts out of use what was clear then. */
function Since({ scope, optOut }: { scope: Scope; optOut: OptOut }) {
  const now = stateOf(optOut, scope);
  if (now.state === 'clear') return null;
  return (
    <strong>
      {now.state === 'blocked' ? 'Now blocked' : 'Now on hold'}
      {now.since && (
        <>
          {' '}
          since <Moment at={now.since} />
        </>
      )}
      , see <a href="/desk/recalls">Recalls</a>
    </strong>
  );
}

function Pages({ checkId, shown: { from, count, refusedOnly } }: { checkId: string; shown: Shown }) {
  const to = Math.min(count, from + pageSize);
  const path = (at: number) =>
    `/desk/clearance/checks/${checkId}?${new URLSearchParams({ from: `${at}`, ...(refusedOnly && { only: 'refused' }) })}`;
  return (
    <p class="row">
      {from > 0 && <a href={path(Math.max(0, from - pageSize))}>Before</a>}
      <span>{count === 0 ? 'There is none.' : `${from + 1} to ${to} of ${count.toLocaleString('en')}`}</span>
      {to < count && <a href={path(to)}>Next</a>}
    </p>
  );
}
