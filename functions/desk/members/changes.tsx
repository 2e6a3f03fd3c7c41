import type { OptOut } from '../../../shared/optouts/opt-out.ts';
import { scopeOf } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import { RequestIds } from './scope-states.tsx';

/** What happened to the opt-outs lately, the newest first. One request often changes several scopes at once. */
export function Changes({ optOuts }: { optOuts: OptOut[] }) {
  const steps = stepsOf(optOuts);
  if (steps.length === 0) return <p class="quiet">Nothing was ever asked for.</p>;
  return (
    <ol class="plain-list">
      {steps.map(({ at, requestId, change, scopes }) => (
        <li>
          <div>
            <strong>{changeWords[change]}</strong>: {new Intl.ListFormat('en').format(scopes)}
          </div>
          <div class="quiet">
            <Moment at={at} /> by <RequestIds ids={[requestId]} />
          </div>
        </li>
      ))}
    </ol>
  );
}

const changeWords = { blocked: 'Blocked', held: 'Put on hold', released: 'Released' } as const;

function stepsOf(optOuts: OptOut[]) {
  const changes = optOuts.flatMap(({ subject, changes }) =>
    changes.map((change) => ({ ...change, words: lowerFirst(scopeOf(subject, change.scope)) })),
  );
  const groups = Map.groupBy(changes, ({ at, requestId, change }) => `${at} ${requestId} ${change}`);
  return [...groups.values()]
    .map((group) => ({ ...group[0]!, scopes: group.map(({ words }) => words) }))
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, shown);
}

const shown = 20;

const lowerFirst = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
