import type { Member } from '../../../shared/members/member.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { EmptyState } from '../views/messages.tsx';
import { MemberList } from './member-list.tsx';

/** Looks for members. Without a text it only asks for one: nobody reads a directory from A to Z. */
export const membersPage = (staff: Staff, text: string, found: Member[]) =>
  page(
    {
      title: text ? `Members: ${text}` : 'Members',
      heading: 'Members',
      staff,
      at: '/desk/members',
      styles: ['lists.css'],
    },
    <>
      <form class="row seek" action="/desk/members">
        <input
          type="search"
          name="q"
          value={text}
          required
          maxlength={200}
          autocomplete="off"
          aria-label="Name, handle, address or member id"
          placeholder="Name, handle, address or member id"
        />
        <button type="submit" class="primary">
          Search
        </button>
      </form>
      {found.length > 0 && <MemberList members={found} />}
      {found.length === 0 && <Nothing text={text} />}
    </>,
  );

function Nothing({ text }: { text: string }) {
  return (
    <EmptyState title={text ? `No member fits “${text}”` : 'Find a member'} icon={text ? 'search' : 'person'}>
      <p>
        {text && 'Look at the spelling, or try their address or handle. '}A name has to be whole, such as Anna Weber;
        case and accents do not matter. On a member’s page you see what is in effect for their images, and record an
        opt-out that came by other means.
      </p>
    </EmptyState>
  );
}
