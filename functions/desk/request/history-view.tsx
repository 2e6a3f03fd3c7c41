import type { HistoryEntry, WrittenRequest } from '../../../shared/requests/request.ts';
import { Section } from '../views/frames.tsx';
import { StaffName } from '../views/names.tsx';
import { Badge, StateBadge } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import { type Names, withNames } from '../views/with-names.ts';
import type { Known } from './gather.ts';
import { Rule } from './rule.tsx';

/** Who did what, when and with which words, newest first. */
export function HistoryView({ known: { request, names }, oob }: { known: Known; oob?: boolean }) {
  const { history } = request;
  const before = (history[0]?.number ?? 1) - 1;
  return (
    <div id="history-part" hx-swap-oob={oob ? 'true' : undefined}>
      <Section title="History" id="history">
        <ol class="history" reversed>
          {history.toReversed().map((entry) => (
            <li id={`entry-${entry.number}`}>
              <Entry entry={entry} names={names} withoutWords={isNoteOfArrival(request, entry)} />
            </li>
          ))}
        </ol>
        {before > 0 && <p class="hint">{`${before} earlier entries are in the dossier.`}</p>}
      </Section>
    </div>
  );
}

/** What was written when it was taken in stands above the history, as a note, and once is enough. */
const isNoteOfArrival = ({ decision }: WrittenRequest, { number, words }: HistoryEntry): boolean =>
  number === 1 && words === decision.words;

export function Entry({ entry, names, withoutWords }: { entry: HistoryEntry; names: Names; withoutWords?: boolean }) {
  return (
    <>
      <p class="entry-head">
        <Moment at={entry.at} /> <StaffName by={entry.by} /> <EntryBadge entry={entry} />
      </p>
      <p>
        {withNames(entry.reason, names)} <Rule rule={entry.rule} />
      </p>
      {entry.words && !withoutWords && <blockquote class="text">{entry.words}</blockquote>}
    </>
  );
}

/** What a step came to. A question leaves the request to be decided, later. */
const EntryBadge = ({ entry }: { entry: HistoryEntry }) => {
  if (entry.rule === 'asked') return <Badge tone="quiet">Asked</Badge>;
  if (entry.rule === 'merged') return <Badge tone="quiet">Merged</Badge>;
  return <StateBadge request={entry} />;
};
