import { isOpen, type WrittenRequest } from '../../../shared/requests/request.ts';
import { Section } from '../views/frames.tsx';
import { Channel } from '../views/names.tsx';
import { requestPath } from '../views/paths.ts';
import { StateBadge } from '../views/states.tsx';
import { DueDate, Moment } from '../views/times.tsx';
import { titleOf } from '../views/title.ts';

/** What the same person wrote besides: the open ones stand first, since they may be the same wish. */
export function OthersView({ others }: { others: WrittenRequest[] }) {
  if (others.length === 0) return null;
  const open = others.filter(({ state }) => isOpen(state)).length;
  return (
    <Section title="From the same person" id="others">
      {open > 0 && <p class="hint">{open === 1 ? 'One of these is open, too.' : `${open} of these are open, too.`}</p>}
      <ul class="others">
        {others.map((other) => (
          <li>
            <a href={requestPath(other.requestId)}>{titleOf(other)}</a>
            <p class="hint">
              <StateBadge request={other} /> <Channel channel={other.channel} bare />{' '}
              <Moment at={other.receivedAt} show="day" />{' '}
              {isOpen(other.state) && <DueDate dueAt={other.dueAt} pausedAt={other.pausedAt} />}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
