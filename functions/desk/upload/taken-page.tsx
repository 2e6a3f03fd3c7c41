import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { EmptyState } from '../views/messages.tsx';
import { requestPath } from '../views/paths.ts';
import { StateBadge } from '../views/states.tsx';
import { titleOf } from '../views/title.ts';

/** Where an upload of several letters ends: each with the way to its request. */
export function takenPage(staff: Staff, requests: WrittenRequest[]) {
  const title = requests.length === 1 ? 'One letter was taken in' : `${requests.length} letters were taken in`;
  return page(
    { title: requests.length > 0 ? title : 'No letters here', staff, at: '/desk/upload', actions: <More /> },
    requests.length > 0 ? (
      <div class="card">
        <ul class="plain-list">
          {requests.map((request) => (
            <li class="row">
              <a href={requestPath(request.requestId)}>{request.scans?.[0]?.name ?? titleOf(request)}</a>
              <span class="id">{request.requestId}</span>
              <StateBadge request={request} />
            </li>
          ))}
        </ul>
      </div>
    ) : (
      <EmptyState title="This address names no request">
        <p>What was uploaded is in the queue.</p>
      </EmptyState>
    ),
  );
}

const More = () => (
  <a class="button" href="/desk/upload">
    Upload more
  </a>
);
