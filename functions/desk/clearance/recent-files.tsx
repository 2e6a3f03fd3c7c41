import type { Export } from '../../../shared/exports/export.ts';
import { Section } from '../views/frames.tsx';
import { Moment } from '../views/times.tsx';

/** The files of the last days. */
export function RecentFiles({ jobs }: { jobs: Export[] }) {
  if (jobs.length === 0) return null;
  return (
    <Section title="Files of the last seven days" id="recent">
      <ul class="plain-list">
        {jobs.map(({ exportId, params, state, by, at }) => (
          <li>
            <a href={`/desk/clearance/files/${exportId}`}>{params?.name}</a>{' '}
            <span class="quiet">
              {states[state]}, asked for by {by.name}, <Moment at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const states: Record<Export['state'], string> = {
  queued: 'Waiting',
  running: 'Being checked',
  done: 'Ready',
  failed: 'Failed',
};
