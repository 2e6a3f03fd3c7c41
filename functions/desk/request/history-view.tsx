import type { HistoryEntry } from '../../../shared/requests/request.ts';
import { Section } from '../views/frames.tsx';
import { StaffName } from '../views/names.tsx';
import { StateBadge } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import type { Known } from './gather.ts';
import { withNames } from './with-names.ts';

/** Who did what, when and with which words, newest first. */
export function HistoryView({ known: { request, inQuestion }, oob }: { known: Known; oob?: boolean }) {
  const { history } = request;
  const before = (history[0]?.number ?? 1) - 1;
  return (
    <div id="history-part" hx-swap-oob={oob ? 'true' : undefined}>
      <Section title="History" id="history">
        <ol class="history" reversed>
          {history.toReversed().map((entry) => (
            <li id={`entry-${entry.number}`}>
              <Entry entry={entry} inQuestion={inQuestion} />
            </li>
          ))}
        </ol>
        {before > 0 && <p class="hint">{`${before} earlier entries are in the dossier.`}</p>}
      </Section>
    </div>
  );
}

export function Entry({ entry, inQuestion }: { entry: HistoryEntry; inQuestion: Known['inQuestion'] }) {
  return (
    <>
      <p class="entry-head">
        <Moment at={entry.at} /> <StaffName by={entry.by} /> <StateBadge request={entry} />
      </p>
      <p>
        {withNames(entry.reason, inQuestion)} <span class="rule">{entry.rule}</span>
      </p>
      {entry.words && <blockquote class="text">{entry.words}</blockquote>}
    </>
  );
}
