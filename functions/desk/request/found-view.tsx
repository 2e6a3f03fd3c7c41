import type { Finding, WrittenRequest } from '../../../shared/requests/request.ts';
import { Section } from '../views/frames.tsx';
import { type Names, withNames } from '../views/with-names.ts';
import { Rule } from './rule.tsx';

/** What the system made of it, by which rule and why, and what a person should look at. Renewed when scans are read. */
export function FoundView({ request, names, oob }: { request: WrittenRequest; names: Names; oob?: boolean }) {
  const { decision, findings = [] } = request;
  const all = [...(decision.found ?? []), ...findings].filter(isWorthTelling(request));
  return (
    <div id="found-part" hx-swap-oob={oob ? 'true' : undefined}>
      <Section title="What was found" id="found">
        <p class="why">
          {withNames(decision.reason, names)} <Rule rule={decision.rule} />
        </p>
        {decision.words && request.scans && (
          <div class="note">
            <p>{`${decision.by?.name ?? 'Somebody'} noted:`}</p>
            <blockquote class="text">{decision.words}</blockquote>
          </div>
        )}
        {decision.last && <p class="why">The mail looked like spam when it came, so it waits behind the others.</p>}
        {all.length > 0 && (
          <ul class="findings">
            {all.map((finding) => (
              <li class={finding.what}>
                <FindingView finding={finding} />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

/** Candidates stand where one chooses among them, sender and attachments in the mail, and what is wrong with a scan beside it. */
const isWorthTelling =
  ({ scans = [], decision: { state } }: WrittenRequest) =>
  ({ what, sentence }: Finding): boolean =>
    what !== 'candidate' &&
    (state === 'quarantined' || !['attachment', 'authentication'].includes(what)) &&
    !(what === 'scan' && scans.some(({ problem }) => problem && sentence.includes(problem)));

function FindingView({ finding: { what, sentence, difference } }: { finding: Finding }) {
  return (
    <>
      <span class="what">{kinds[what]}</span>
      <span class="sentence">{sentence}</span>
      {difference && <Difference difference={difference} />}
    </>
  );
}

/** Against the phrase: what is there beyond it, and what of it is missing. Also told in words, for ears. */
function Difference({ difference }: Required<Pick<Finding, 'difference'>>) {
  return (
    <p class="difference">
      {difference.map(({ text, change }) =>
        change === 'added' ? (
          <ins>
            <span class="heard"> added: </span>
            {text}
          </ins>
        ) : change === 'removed' ? (
          <del>
            <span class="heard"> missing: </span>
            {text}
          </del>
        ) : (
          text
        ),
      )}
    </p>
  );
}

const kinds: Record<Finding['what'], string> = {
  phrase: 'The phrase',
  'near-miss': 'Near the phrase',
  candidate: 'Candidate',
  attachment: 'Attachment',
  authentication: 'Sender',
  scan: 'Scan',
};
