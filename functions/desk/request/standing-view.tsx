import type { HistoryEntry, WrittenRequest } from '../../../shared/requests/request.ts';
import { isOpen } from '../../../shared/requests/request.ts';
import { Channel } from '../views/names.tsx';
import { requestPath } from '../views/paths.ts';
import { StateBadge } from '../views/states.tsx';
import { DueDate, Moment } from '../views/times.tsx';

/** Where a request stands, in one line below its heading. */
export function Standing({ request, oob }: { request: WrittenRequest; oob?: boolean }) {
  const { requestId, state, channel, summary, dueAt, pausedAt, extended } = request;
  return (
    <div class="standing" id="standing" data-tray={request.open} hx-swap-oob={oob ? 'true' : undefined}>
      <StateBadge request={request} />
      <Channel channel={channel} />
      {summary.from && <span class="from">{`from ${summary.from}`}</span>}
      <Came request={request} />
      {isOpen(state) && (
        <span>
          <DueDate dueAt={dueAt} pausedAt={pausedAt} />
          {extended && ' (extended)'}
        </span>
      )}
      <code class="request-id">{requestId}</code>
    </div>
  );
}

/** When it came. Of what somebody brought, the day that starts the clock is another than that on which it was taken in. */
function Came({ request: { channel, receivedAt, decision, history } }: { request: WrittenRequest }) {
  const [first] = history;
  const brought = /^uploaded-|^statement$/.test(decision.rule) && first?.number === 1 ? first.at : undefined;
  if (!brought) {
    return (
      <span>
        {'received '}
        <Moment at={receivedAt} />
      </span>
    );
  }
  if (channel !== 'letter' && receivedAt.slice(0, 10) === brought.slice(0, 10)) {
    return (
      <span>
        {'taken in '}
        <Moment at={brought} />
      </span>
    );
  }
  return (
    <span>
      {channel === 'letter' ? 'postmarked ' : 'dated '}
      <Moment at={receivedAt} show="day" />
      {', taken in '}
      <Moment at={brought} />
    </span>
  );
}

/** What stops or changes the usual way of a request. */
export function Circumstances({ request }: { request: WrittenRequest }) {
  const { mergedInto, pausedAt, dueWhenPaused, dueAt, deciding } = request;
  if (deciding)
    return <p class="circumstance">{`${deciding.step.by?.name ?? 'Somebody'} is deciding it at this very moment.`}</p>;
  if (mergedInto) {
    return (
      <p class="circumstance">
        It was merged: <a href={requestPath(mergedInto)}>{mergedInto}</a> goes on in its place.
      </p>
    );
  }
  if (!pausedAt) return null;
  return (
    <p class="circumstance">
      {'The requester was asked on '}
      <Moment at={pausedAt} show="day" />
      {', and the time stands still until they answer'}
      {dueAt && (
        <>
          {'. Without an answer it comes back to the queue on '}
          <Moment at={dueAt} show="day" />
        </>
      )}
      {dueWhenPaused && (
        <>
          {' (it was due on '}
          <Moment at={dueWhenPaused} show="day" />
          {')'}
        </>
      )}
      .
    </p>
  );
}

export const newestEntry = ({ history }: WrittenRequest): HistoryEntry | undefined => history.at(-1);
export const newestNumber = (request: WrittenRequest): number => newestEntry(request)?.number ?? 0;
