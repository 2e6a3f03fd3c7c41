import type { PropsWithChildren } from 'hono/jsx';
import type { Figures } from '../../../shared/requests/figures.ts';
import { trayTabs } from '../queue/trays.ts';
import { durationWords } from '../recalls/words.ts';
import { Fact, Facts, Section } from '../views/frames.tsx';
import { channelWords } from '../views/names.tsx';
import { Moment } from '../views/times.tsx';
import type { Count, Gathered } from './gather.ts';

/** The figures, with the moment at which they were counted. */
export function FiguresView({ gathered }: { gathered: Gathered }) {
  const { countedAt, overdue, trays, notices, recalls } = gathered;
  return (
    <Section title="How they are kept" id="figures" actions={<CountedAt at={countedAt} />}>
      <Arrivals {...gathered.arrivals} />
      <Facts>
        <Fact label="Overdue now">{countWords(overdue)}</Fact>
        <Fact label="Open">
          {trays.map(({ tray, ...count }) => `${trayWords(tray)}: ${countWords(count)}`).join(' · ')}
        </Fact>
        <Fact label="Notices">{noticeWords(notices)}</Fact>
        <Fact label="Recalls">{recallWords(recalls)}</Fact>
      </Facts>
    </Section>
  );
}

const CountedAt = ({ at }: { at: string }) => (
  <span class="quiet">
    Counted <Moment at={at} />
  </span>
);

function Arrivals({ all, channels, cutAt }: Gathered['arrivals']) {
  return (
    <table class="figures numbers">
      <caption>
        {cutAt ? 'Requests at least, counted from the newest back to ' : 'Requests of the last 30 days'}
        {cutAt && <Moment at={cutAt} />}
      </caption>
      <thead>
        <tr>
          <th scope="col">How they came</th>
          <th scope="col">Requests</th>
          <th scope="col">Were none</th>
          <th scope="col">Held or blocked</th>
          <th scope="col">From arrival to that (median)</th>
        </tr>
      </thead>
      <tbody>
        {channels.map(({ channel, ...figures }) => (
          <Row figures={figures}>{channelWords[channel]}</Row>
        ))}
        <Row figures={all}>All</Row>
      </tbody>
    </table>
  );
}

const Row = ({ figures, children }: PropsWithChildren<{ figures: Figures }>) => (
  <tr>
    <th scope="row">{children}</th>
    <td data-label="Requests">{number(figures.requests)}</td>
    <td data-label="Were none">{number(figures.ignored)}</td>
    <td data-label="Held or blocked">{number(figures.flagged)}</td>
    <td data-label="Median">{figures.untilFlag === undefined ? '–' : durationWords(figures.untilFlag)}</td>
  </tr>
);

const number = (count: number): string => count.toLocaleString('en');

const countWords = ({ count, more }: Count): string => (more ? `${number(count)} or more` : number(count));

const trayWords = (tray: string): string => trayTabs.find(({ name }) => name === tray)!.words;

function noticeWords({ sent, onTheWay, byMail, bySite, unknown, more }: Gathered['notices']): string {
  if (sent + onTheWay === 0) return 'none was sent yet';
  const of = more ? ' (the newest 50)' : '';
  return `${number(sent)} sent, ${number(onTheWay)} on the way${of} · told by mail: ${number(byMail)} · by the site alone: ${number(bySite)} · not known yet: ${number(unknown)}`;
}

function recallWords({ open, untilOpened, untilDone }: Gathered['recalls']): string {
  const medians = [
    untilOpened !== undefined && `from a request to its recall: ${durationWords(untilOpened)}`,
    untilDone !== undefined && `until it was done: ${durationWords(untilDone)}`,
  ].filter((words) => words !== false);
  const tail = medians.length > 0 ? ` · ${medians.join(' · ')} (medians of the newest)` : '';
  return `${countWords(open)} open${tail}`;
}
