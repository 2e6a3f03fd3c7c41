import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { EmptyState } from '../views/messages.tsx';
import { channelWords } from '../views/names.tsx';
import type { Counts, QueueList, Wanted } from './list.ts';
import { Rows } from './rows.tsx';
import { type TrayTab, trayTabs } from './trays.ts';

export interface QueueProps extends Wanted {
  list: QueueList;
  counts: Counts;
}

/** The queue: trays as tabs, the requests of one of them, and what keeps them fresh (static/queue.js). */
export function queuePage(staff: Staff, props: QueueProps) {
  const { tab } = props;
  return page(
    {
      title: 'Queue',
      heading: <span class="heard">{`Queue: ${tab.words}`}</span>,
      staff,
      at: '/desk',
      styles: ['lists.css'],
      scripts: ['queue.js'],
    },
    <>
      <Trays {...props} />
      <Filter {...props} />
      <div id="live" hidden hx-get={queuePath(props)} hx-trigger="refresh" hx-swap="none" />
      <div id="news" class="news" role="status" />
      <div id="list" class="stack" data-list-name={tab.words}>
        <List {...props} />
      </div>
      <div id="fresh" hidden />
    </>,
  );
}

/** What is asked for again every now and then: the tabs take their new counts, and queue.js takes what is in `fresh`. */
export const freshParts = (props: QueueProps) => (
  <>
    <Trays {...props} isFresh />
    <div id="fresh" hx-swap-oob="innerHTML">
      <List {...props} />
    </div>
  </>
);

export interface TraysProps extends Pick<QueueProps, 'counts' | 'channel'> {
  tab: { name: TrayTab['name'] | 'decided' };
  isFresh?: boolean;
}

export function Trays({ tab, channel, counts, isFresh }: TraysProps) {
  return (
    <nav aria-label="Trays" id="trays" hx-swap-oob={isFresh ? 'outerMorph' : undefined}>
      <ul class="tabs">
        {trayTabs.map(({ name, words }) => (
          <li>
            <a href={queuePath({ tab: { name }, channel })} aria-current={name === tab.name ? 'page' : undefined}>
              {words} <Count {...counts[name]} isUrgent={name === 'due'} />
            </a>
          </li>
        ))}
        <li>
          <a href="/desk/decided" aria-current={tab.name === 'decided' ? 'page' : undefined}>
            Decided lately
          </a>
        </li>
      </ul>
    </nav>
  );
}

function Count({ count, more, isUrgent }: Counts['review'] & { isUrgent: boolean }) {
  return <span class={isUrgent && count > 0 ? 'count urgent' : 'count'}>{more ? `${count}+` : count}</span>;
}

function Filter({ tab, channel }: QueueProps) {
  const choices = [
    [undefined, 'All'] as const,
    ...(Object.entries(channelWords) as [WrittenRequest['channel'], string][]),
  ];
  return (
    <nav aria-label="Filter by how it came" class="filter">
      {choices.map(([value, words]) => (
        <a href={queuePath({ tab, channel: value })} aria-current={value === channel ? 'true' : undefined}>
          {words}
        </a>
      ))}
    </nav>
  );
}

function List({ tab, channel, after, list }: QueueProps) {
  const { requests, members, next, lookedThrough } = list;
  return (
    <>
      {requests.length > 0 ? (
        <Rows requests={requests} members={members} tray={tab.name} />
      ) : (
        <Nothing tab={tab} channel={channel} after={after} lookedThrough={lookedThrough} />
      )}
      {(next || after) && (
        <nav class="pages" aria-label="Pages">
          {after ? <a href={queuePath({ tab, channel })}>To the beginning</a> : <span />}
          {next && (
            <a href={queuePath({ tab, channel, after: next })}>
              {lookedThrough ? 'Look through the next' : 'Next page'}
            </a>
          )}
        </nav>
      )}
    </>
  );
}

function Nothing({ tab, channel, after, lookedThrough }: Wanted & { lookedThrough?: number }) {
  if (lookedThrough) {
    return <EmptyState title={`None of these ${lookedThrough} requests came this way`} />;
  }
  if (channel) {
    return (
      <EmptyState title={`${tab.words}: nothing that came this way`}>
        <p>
          <a href={queuePath({ tab })}>Show all that is in this tray</a>
        </p>
      </EmptyState>
    );
  }
  if (after) return <EmptyState title="This is the end of the tray" />;
  return (
    <EmptyState title={tab.empty.title} icon="done">
      <p>{tab.empty.sentence}</p>
      {tab.name === 'review' && (
        <p>
          <a class="button" href="/desk/upload">
            Upload a scan
          </a>
        </p>
      )}
    </EmptyState>
  );
}

/** The address of a list: the same list for whoever is sent it. */
function queuePath({ tab, channel, after }: Omit<Wanted, 'tab'> & { tab: Pick<TrayTab, 'name'> }): string {
  const query = new URLSearchParams({ tray: tab.name, ...(channel && { channel }), ...(after && { after }) });
  return `/desk?${query}`;
}
