import type { Member } from '../../../shared/members/member.ts';
import { Icon } from '../views/icons.tsx';
import { MemberName } from '../views/names.tsx';

/** Members that were found, each with what tells them apart. */
export function MemberList({ members }: { members: Member[] }) {
  return (
    <div class="member-list">
      <ul class="members">
        {members.map((member) => (
          <li>
            <Icon name="person" />
            <MemberName member={member} />
            <span class="quiet">{member.primaryEmail}</span>
            <span class="quiet">
              {member.manages.length > 0 && `manages ${new Intl.ListFormat('en').format(member.manages.slice(0, 3))}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
