import type { Member } from '../../../shared/members/member.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { page } from '../layout.tsx';
import { MemberList } from '../members/member-list.tsx';
import type { Staff } from '../staff.ts';
import { EmptyState } from '../views/messages.tsx';
import { Rows } from './rows.tsx';
import type { MembersById } from './who.ts';

export interface SearchProps {
  text: string;
  requests: WrittenRequest[];
  /** Members that fit. */
  found: Member[];
  /** Members that the requests name. */
  members: MembersById;
}

/** Requests and members that fit what was typed. */
export function searchPage(staff: Staff, { text, requests, found, members }: SearchProps) {
  const title = text ? `Search: ${text}` : 'Search';
  const props = { title, staff, sought: text, styles: ['lists.css'], crumbs: [{ path: '/desk', words: 'Queue' }] };
  if (requests.length + found.length === 0) return page(props, <NothingFound text={text} />);
  return page(
    props,
    <>
      {found.length > 0 && (
        <section class="stack" aria-labelledby="found-members">
          <h2 id="found-members">Members</h2>
          <MemberList members={found} />
        </section>
      )}
      {requests.length > 0 && (
        <section class="stack" aria-labelledby="found-requests" data-list-name="Search results">
          <h2 id="found-requests">Requests, the newest first</h2>
          <Rows requests={requests} members={members} withState />
        </section>
      )}
    </>,
  );
}

function NothingFound({ text }: { text: string }) {
  return (
    <EmptyState title={text ? 'Nothing was found' : 'What are you looking for?'} icon="search">
      <p>
        Search for a request by its id, such as W-0123-4567-89AB-CDEF. Search for people by their whole name, an e-mail
        address, a handle or a member id: parts of a name find nobody.
      </p>
    </EmptyState>
  );
}
