import { type PolicyPromise, type Standing, standingOf } from '../../../shared/promises.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Section } from '../views/frames.tsx';
import { Badge, type Tone } from '../views/states.tsx';
import { FiguresView } from './figures-view.tsx';
import type { Gathered } from './gather.ts';

export const promisesPath = '/desk/promises';

/** How the promises are kept, in figures; then each of them with what keeps it and what proves it. */
export function promisesPage(staff: Staff, rows: readonly PolicyPromise[], gathered: Gathered) {
  const counts = Map.groupBy(rows, standingOf);
  const words = (standing: Standing) => `${counts.get(standing)?.length ?? 0} ${standings[standing].counted}`;
  return page(
    { title: 'Promises', staff, at: promisesPath, styles: ['promises.css'] },
    <>
      <p>
        {`The privacy policy makes ${rows.length} promises: ${words('kept')}, ${words('partly')} and ${words('outside')}. A run of all tests fails when the proof of one of them did not run.`}
      </p>
      <FiguresView gathered={gathered} />
      <Section title="What the policy promises" id="promises">
        <ol class="promises">
          {rows.map((row) => (
            <Row row={row} />
          ))}
        </ol>
      </Section>
    </>,
  );
}

function Row({ row }: { row: PolicyPromise }) {
  const { tone, words } = standings[standingOf(row)];
  return (
    <li>
      <blockquote>{row.words}</blockquote>
      <div class="kept">
        <p>
          <Badge tone={tone}>{words}</Badge>
        </p>
        <p>{row.kept}</p>
        {row.outside && <p>{row.outside}</p>}
        <Files label="Kept by" files={row.modules} />
        <Files label="Proved by" files={row.walks} />
      </div>
    </li>
  );
}

function Files({ label, files }: { label: string; files: string[] }) {
  if (files.length === 0) return null;
  return (
    <p class="files">
      {label}{' '}
      {files.map((file, place) => (
        <>
          {place > 0 && ', '}
          <code>{file}</code>
        </>
      ))}
    </p>
  );
}

const standings: Record<Standing, { tone: Tone; words: string; counted: string }> = {
  kept: { tone: 'good', words: 'Kept here', counted: 'are kept here' },
  partly: { tone: 'info', words: 'Kept here in part', counted: 'are kept here in part' },
  outside: { tone: 'quiet', words: 'Outside this system', counted: 'lie outside this system' },
};
