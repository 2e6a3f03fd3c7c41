import { type Export, exportKinds, standingOf } from '../../../shared/exports/export.ts';
import { Fact, Facts } from '../views/frames.tsx';
import { Notice } from '../views/messages.tsx';
import { Moment } from '../views/times.tsx';
import { WorkUnderWay } from '../views/work-under-way.tsx';

/** How far an export is. While it is being made, the page asks for it every second; without a script by a link. */
export function Standing({ job, at }: { job: Export; at: string }) {
  const standing = standingOf(job, at);
  if (standing === 'waiting') return <Waiting job={job} />;
  if (standing === 'done') return <Done job={job} />;
  const silent =
    'Nothing has been heard of it for some minutes. It is tried again by itself within the hour, or start it anew.';
  return (
    <div id="standing" class="stack">
      <Notice tone="danger">{(standing === 'failed' && job.sentence) || silent}</Notice>
      {job.final ? <a href="/desk/exports">To the files</a> : <Again job={job} words="Start it anew" />}
    </div>
  );
}

function Waiting({ job: { exportId, kind, state, done, total } }: { job: Export }) {
  const path = `/desk/exports/${exportId}`;
  const words =
    state === 'queued'
      ? 'It begins in a moment'
      : `It is being made: ${done}${total ? ` of ${total}` : ''} ${exportKinds[kind].counts}`;
  return <WorkUnderWay path={path} words={words} done={done} total={total} />;
}

function Done({ job }: { job: Export }) {
  const { exportId, file, said } = job;
  return (
    <div id="standing" class="stack">
      {said && <p>{said}</p>}
      <p role="status">
        <a class="button primary" href={`/desk/exports/${exportId}/file`}>
          {`Download (${sizeWords(file?.bytes ?? 0)})`}
        </a>
      </p>
      <Facts>
        <Fact label="File">{file?.name}</Fact>
        <Fact label="SHA-256">
          <code>{file?.sha256}</code>
        </Fact>
        <Fact label="Made">
          <Moment at={job.updatedAt} />, kept for seven days
        </Fact>
      </Facts>
      <p class="hint">
        It holds personal data: hand it only to those who may see it, and remove it when it has served.
      </p>
      <Again job={job} words="Make it again" />
    </div>
  );
}

const Again = ({ job: { kind, subject }, words }: { job: Export; words: string }) => (
  <form method="post" action="/desk/exports">
    <input type="hidden" name="kind" value={kind} />
    <input type="hidden" name="subject" value={subject} />
    <button type="submit">{words}</button>
  </form>
);

function sizeWords(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
