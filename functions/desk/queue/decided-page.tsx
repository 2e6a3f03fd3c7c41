import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { EmptyState } from '../views/messages.tsx';
import { type DecidedList, daysBack, type WantedDecided } from './decided.ts';
import type { Counts } from './list.ts';
import { Trays } from './queue-page.tsx';
import { Rows } from './rows.tsx';

export interface DecidedProps extends WantedDecided {
  list: DecidedList;
  counts: Counts;
}

/** What was decided within the last days, to be looked at again or reopened. */
export function decidedPage(staff: Staff, { by, after, list, counts }: DecidedProps) {
  const { requests, members, next } = list;
  return page(
    {
      title: 'Decided lately',
      heading: <span class="heard">Queue: Decided lately</span>,
      staff,
      at: '/desk',
      styles: ['lists.css'],
    },
    <>
      <Trays tab={{ name: 'decided' }} counts={counts} />
      <nav aria-label="Filter by who decided" class="filter">
        <a href={decidedPath({})} aria-current={by ? undefined : 'true'}>
          By all
        </a>
        <a href={decidedPath({ by: 'me' })} aria-current={by ? 'true' : undefined}>
          By me
        </a>
      </nav>
      <div class="stack" data-list-name="Decided lately">
        {requests.length > 0 && <Rows requests={requests} members={members} withState />}
        {requests.length === 0 && <Nothing hasMore={next !== undefined} />}
        {(next || after) && (
          <nav class="pages" aria-label="Pages">
            {after ? <a href={decidedPath({ by })}>To the beginning</a> : <span />}
            {next && <a href={decidedPath({ by, after: next })}>Next page</a>}
          </nav>
        )}
      </div>
    </>,
  );
}

const Nothing = ({ hasMore }: { hasMore: boolean }) => (
  <EmptyState title={hasMore ? 'None of these' : 'Nothing was decided lately'} icon="done">
    <p>
      {`Here is what people at the desk closed within ${daysBack} days. What is older is found by the search: by its id, or by the name or the address of the member.`}
    </p>
  </EmptyState>
);

function decidedPath({ by, after }: WantedDecided): string {
  const query = new URLSearchParams({ ...(by && { by: 'me' }), ...(after && { after }) });
  return `/desk/decided${query.size > 0 ? `?${query}` : ''}`;
}
