import { type Export, standingOf } from '../../../shared/exports/export.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Card, Fact, Facts } from '../views/frames.tsx';
import { Notice } from '../views/messages.tsx';
import { Moment } from '../views/times.tsx';
import { WorkUnderWay } from '../views/work-under-way.tsx';

/** One file that is being checked: how far it is, then its answer. */
export function filePage(staff: Staff, job: Export, at: string) {
  const crumbs = [{ path: '/desk/clearance', words: 'Clearance' }];
  const { name = 'A file', campaign } = job.params ?? {};
  return page(
    { title: name, staff, at: '/desk/clearance', crumbs },
    <>
      <p>
        Asked for by {job.by.name}, <Moment at={job.at} />
        {campaign && `, for the campaign ${campaign}`}.
      </p>
      <Card>
        <FileStanding job={job} at={at} />
      </Card>
    </>,
  );
}

/** While it is being checked, the page asks for this every second; without a script by a link. */
export function FileStanding({ job, at }: { job: Export; at: string }) {
  const standing = standingOf(job, at);
  if (standing === 'waiting') return <Waiting job={job} />;
  if (standing === 'done') return <Done job={job} />;
  const silent = 'Nothing has been heard of it for some minutes. It is tried again by itself, or upload it again.';
  return (
    <div id="standing" class="stack">
      <Notice tone="danger">{(standing === 'failed' && job.sentence) || silent}</Notice>
      <a class="button" href="/desk/clearance#file">
        Choose another file
      </a>
    </div>
  );
}

function Waiting({ job: { exportId, state, done, total } }: { job: Export }) {
  const path = `/desk/clearance/files/${exportId}`;
  const words =
    state === 'queued' ? 'It begins in a moment' : `It is being checked: ${sizeWords(done)} of ${sizeWords(total)}`;
  return <WorkUnderWay path={path} words={words} done={done} total={total} />;
}

function Done({ job: { exportId, file, said, updatedAt } }: { job: Export }) {
  return (
    <div id="standing" class="stack">
      {said && <p role="status">{said}</p>}
      <p>
        <a class="button primary" href={`/desk/clearance/files/${exportId}/file`}>
          {`Download (${sizeWords(file?.bytes ?? 0)})`}
        </a>
      </p>
      <Facts>
        <Fact label="File">{file?.name}</Fact>
        <Fact label="Checked">
          <Moment at={updatedAt} />, kept for seven days
        </Fact>
      </Facts>
      <p class="hint">It says what held then: check again before a later use.</p>
    </div>
  );
}

function sizeWords(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
