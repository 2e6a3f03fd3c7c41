import type { Member } from '../../../shared/members/member.ts';
import type { Person, WrittenRequest } from '../../../shared/requests/request.ts';
import { Icon } from './icons.tsx';
import { communityPath, memberPath } from './paths.ts';

/** A member by name and handle, never by id alone; the id where the directory no longer has them. */
export function MemberName({
  member,
  memberId,
}: {
  member?: Pick<Member, 'memberId' | 'name' | 'handle'>;
  memberId?: string;
}) {
  if (!member) return <a href={memberPath(memberId ?? '')}>{`member ${memberId}, no longer in the directory`}</a>;
  return (
    <a class="name" href={memberPath(member.memberId)}>
      {member.name} <span class="handle">@{member.handle}</span>
    </a>
  );
}

export function CommunityName({ communityId }: { communityId: string }) {
  return (
    <a class="name" href={communityPath(communityId)}>
      {communityId}
    </a>
  );
}

/** Who took a step: a person by name, else the system. */
export function StaffName({ by }: { by?: Person }) {
  return <span class="name">{by?.name ?? 'In Writing'}</span>;
}

/** How a request came, by a drawing and a word. `bare`: where the word stands beside it anyway, it is only heard. */
export function Channel({ channel, bare }: Pick<WrittenRequest, 'channel'> & { bare?: boolean }) {
  return (
    <span class="channel" title={bare ? channelWords[channel] : undefined}>
      <Icon name={channel} />
      <span class={bare ? 'heard' : undefined}>{channelWords[channel]}</span>
    </span>
  );
}

export const channelWords: Record<WrittenRequest['channel'], string> = {
  email: 'Mail',
  fax: 'Fax',
  letter: 'Letter',
  other: 'Other',
};
