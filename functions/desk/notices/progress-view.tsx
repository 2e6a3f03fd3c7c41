import type { Notice } from '../../../shared/notices/notice.ts';
import { bannerOf } from '../../../shared/notices/told.ts';
import { Fact, Facts } from '../views/frames.tsx';
import { Moment } from '../views/times.tsx';
import { noticePath } from './paths.ts';
import { type Part, type Progress, progressOf } from './progress.ts';
import { ago, count, members, percent } from './words.ts';

interface Props {
  notice: Notice;
  at: string;
  expected?: number;
}

/** How far a notice is, asked for again while that may change. The numbers add up to the audience. */
export function ProgressView({ notice, at, expected }: Props) {
  const progress = progressOf(notice, at, expected);
  const query = new URLSearchParams({ as: notice.state, ...(expected && { of: String(expected) }) });
  return (
    <div
      id="progress"
      class="stack"
      {...(notice.active && {
        'hx-get': `${noticePath(notice.noticeId, 'progress')}?${query}`,
        'hx-trigger': notice.state === 'sending' ? 'every 2s' : 'every 20s',
        'hx-swap': 'outerMorph',
        'hx-status:5xx': 'swap:none',
      })}
    >
      {notice.tally && <Age countedAt={notice.tally.countedAt} at={at} />}
      <Bar {...progress} />
      <Parts {...progress} />
      <Around notice={notice} progress={progress} at={at} />
    </div>
  );
}

/** The numbers are of the last count, which may be a while ago. */
const Age = ({ countedAt, at }: { countedAt: string; at: string }) => (
  <p class="quiet">
    {`Counted ${ago(countedAt, at)}: `}
    <Moment at={countedAt} />
  </p>
);

/** A drawing of the table below it; widths are attributes, since the desk's policy forbids styles. */
function Bar({ parts, audience, ahead = 0 }: Progress) {
  const whole = Math.max(1, audience + ahead);
  let from = 0;
  return (
    <svg class="bar-of-parts" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {parts.map(({ kind, many }) => {
        const [x, width] = [from, (1000 * many) / whole];
        from += width;
        return <rect class={kind} x={x.toFixed(2)} y="0" width={width.toFixed(2)} height="12" />;
      })}
    </svg>
  );
}

function Parts({ parts, audience, isWhole, ahead }: Progress) {
  return (
    <table class="parts numbers">
      <caption class="heard">How many members were told, and how</caption>
      <thead class="heard">
        <tr>
          <th scope="col">What became of it</th>
          <th scope="col">Members</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <Row part={part} audience={audience} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            {isWhole ? 'Audience' : 'Audience so far'}
            {ahead !== undefined && ahead > 0 && <span class="about">{`about ${count(ahead)} more to come`}</span>}
          </th>
          <td>{count(audience)}</td>
          <td>{percent(audience, audience || 1)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

const Row = ({ part: { kind, words, about, many }, audience }: { part: Part; audience: number }) => (
  <tr class={many === 0 ? 'none' : undefined} data-kind={kind}>
    <th scope="row">
      <span class={`key ${kind}`} aria-hidden="true" />
      {words} <span class="about">{about}</span>
    </th>
    <td>{count(many)}</td>
    <td>{percent(many, audience)}</td>
  </tr>
);

function Around({ notice, progress, at }: { notice: Notice; progress: Progress; at: string }) {
  const { walk, pace, state } = notice;
  const isGoing = state === 'sending';
  return (
    <Facts>
      {walk && (
        <Fact label="Members as of">
          <Moment at={notice.asOf ?? walk.startedAt} />
        </Fact>
      )}
      {isGoing && (
        <Fact label="Remaining">
          {progress.remaining > 0
            ? `${progress.ahead === undefined && !progress.isWhole ? 'at least ' : ''}${members(progress.remaining)}`
            : 'Nobody: what is left is to hear of each mail.'}
          {progress.endsAt && (
            <>
              , handed over by about <Moment at={progress.endsAt} />
            </>
          )}
        </Fact>
      )}
      {isGoing && pace && (
        <Fact label="Rate">{`${count(pace.count)} of at most ${count(pace.most)} in this minute`}</Fact>
      )}
      <Fact label="Banner">
        <BannerState notice={notice} at={at} />
      </Fact>
    </Facts>
  );
}

/** Whether the site shows it, from when and until when. */
export function BannerState({ notice, at }: { notice: Notice; at: string }) {
  const shown = bannerOf(notice);
  if (!shown) {
    return notice.bannerUntil ? (
      <>
        From the start of sending until <Moment at={notice.bannerUntil} />
      </>
    ) : (
      <>No end is chosen yet</>
    );
  }
  return shown.until > at ? (
    <>
      The site shows it, from <Moment at={shown.from} /> until <Moment at={shown.until} />
    </>
  ) : (
    <>
      The site showed it from <Moment at={shown.from} /> until <Moment at={shown.until} />
    </>
  );
}
