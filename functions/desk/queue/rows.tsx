import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { Channel } from '../views/names.tsx';
import { requestPath } from '../views/paths.ts';
import { StateBadge } from '../views/states.tsx';
import { DueDate, Moment } from '../views/times.tsx';
import { titleOf } from '../views/title.ts';
import { newestOf } from './what.ts';
import { type MembersById, whoWrote } from './who.ts';

export interface RowsProps {
  requests: WrittenRequest[];
  members: MembersById;
  /** The tray that the requests are opened from. */
  tray?: string;
  /** Shows where each one stands, for a list of several states. */
  withState?: boolean;
  /** Leaves out who wrote, for the list of one member. */
  withoutWho?: boolean;
}

/** A list of requests. The parts marked data-part are what queue.js renews in place. */
export function Rows({ requests, ...props }: RowsProps) {
  return (
    <div class={props.withoutWho ? 'request-list of-one' : 'request-list'}>
      <ColumnHeads {...props} />
      <ol class="requests">
        {requests.map((request) => (
          <Row request={request} {...props} />
        ))}
      </ol>
    </div>
  );
}

/** What stands above the columns; each row says it again for whoever only hears it. */
function ColumnHeads({ withState, withoutWho }: Omit<RowsProps, 'requests'>) {
  return (
    <div class="column-heads" aria-hidden="true">
      <span />
      {!withoutWho && <span>From</span>}
      <span>Request</span>
      <span>Received</span>
      <span>{withState ? 'State' : 'Due'}</span>
    </div>
  );
}

function Row({
  request,
  members,
  tray,
  withState,
  withoutWho,
}: Omit<RowsProps, 'requests'> & { request: WrittenRequest }) {
  const { name, more } = whoWrote(request, members);
  const names = new Map([...members.values()].map((member) => [member.memberId, member.name]));
  return (
    <li data-row={request.requestId}>
      <Channel channel={request.channel} bare />
      {!withoutWho && (
        <div class="from" data-part>
          <span class="who">{name}</span>
          {more && <span class="second">{more}</span>}
        </div>
      )}
      <div class="what">
        <a href={requestPath(request.requestId, tray)} data-part>
          <span class="subject">{titleOf(request)}</span>
        </a>
        <span class="newest" data-part>
          {newestOf(request, names)}
        </span>
        <span class="gone-words" hidden>
          No longer in this list: it was decided or moved meanwhile.
        </span>
      </div>
      <div class="received" data-part>
        <span class="heard">received </span>
        <Moment at={request.receivedAt} show={request.decision.rule.startsWith('uploaded-') ? 'short-day' : 'short'} />
      </div>
      <div class="last" data-part>
        {withState && <StateBadge request={request} />}
        {(!withState || request.dueAt) && <DueDate dueAt={request.dueAt} pausedAt={request.pausedAt} />}
      </div>
    </li>
  );
}
