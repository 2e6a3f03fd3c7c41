import type { Recall, Standing } from '../../../shared/recalls/recall.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { EmptyState, Problem } from '../views/messages.tsx';
import { CampaignGroup, type Typed } from './campaign-group.tsx';
import type { Figures, Gathered } from './gather.ts';
import { listPath, recallsPath } from './paths.ts';
import { durationWords } from './words.ts';

/** What has just been done, or what the form did not take. */
export interface Back {
  notice?: { tone: 'done' | 'info'; words: string };
  typed?: Typed;
}

/** What is to be taken down, campaign by campaign, the longest open first; or what was, the newest first. */
export function recallsPage(staff: Staff, gathered: Gathered, { notice, typed }: Back = {}) {
  const { recalls, figures } = gathered;
  return page(
    {
      ...{ title: 'Recalls', staff, at: recallsPath, notice, styles: ['lists.css', 'recalls.css'] },
      actions: staff.groups.some((group) => group !== 'reviewer') && <DoNotUse />,
    },
    <>
      {typed && <Problem faults={typed.faults} title="Nothing was marked yet" />}
      <FiguresLine {...figures} />
      <Tabs {...gathered} />
      {recalls.length === 0 && <Nothing {...gathered} />}
      {[...Map.groupBy(recalls, campaignAndContact).values()].map((group, place) => (
        <CampaignGroup {...gathered} staff={staff} recalls={group} place={place + 1} typed={typed} />
      ))}
      <Pages {...gathered} />
    </>,
  );
}

/** A campaign that named another contact later stands there once for each: each hears of their own. */
const campaignAndContact = ({ campaign, contact }: Recall): string => JSON.stringify([campaign, contact]);

const DoNotUse = () => (
  <form method="post" action="/desk/exports">
    <input type="hidden" name="kind" value="do-not-use" />
    <input type="hidden" name="subject" value="now" />
    <button type="submit">Make the do-not-use list</button>
  </form>
);

function FiguresLine({ untilOpened, untilDone }: Figures) {
  if (untilOpened === undefined) return null;
  return (
    <p class="quiet">
      {`From a member’s request to its recall: ${durationWords(untilOpened)}`}
      {untilDone !== undefined && `; until it was marked as done: ${durationWords(untilDone)}`}
      {' (median of the newest).'}
    </p>
  );
}

function Tabs({ standing, open: { count, more } }: Gathered) {
  const tabs: [Standing, string][] = [
    ['open', 'Open'],
    ['done', 'Done'],
  ];
  return (
    <nav aria-label="Recalls">
      <ul class="tabs">
        {tabs.map(([name, words]) => (
          <li>
            <a href={listPath(name)} aria-current={name === standing ? 'page' : undefined}>
              {words}
              {name === 'open' && (
                <span class={count > 0 ? 'count urgent' : 'count'}>{more ? `${count}+` : `${count}`}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Nothing({ standing, after }: Gathered) {
  if (after) return <EmptyState title="This is the end of the list" />;
  if (standing === 'done') return <EmptyState title="No recall was marked as done yet" />;
  return (
    <EmptyState title="Nothing is to be taken down" icon="done">
      <p>
        When somebody whose images were cleared for a campaign asks not to be used, the campaign appears here within
        seconds, and its contact gets a mail within the hour.
      </p>
      <p>
        <a class="button" href="/desk/clearance">
          Ask for clearance
        </a>
      </p>
    </EmptyState>
  );
}

function Pages({ standing, after, next }: Gathered) {
  if (!next && !after) return null;
  return (
    <nav class="pages" aria-label="Pages">
      {after ? <a href={listPath(standing)}>To the beginning</a> : <span />}
      {next && <a href={listPath(standing, next)}>Next page</a>}
    </nav>
  );
}
