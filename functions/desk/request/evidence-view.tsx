import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { Card } from '../views/frames.tsx';
import { Notice } from '../views/messages.tsx';
import { Moment } from '../views/times.tsx';
import { memberIdOf } from '../views/title.ts';
import { type Names, withNames } from '../views/with-names.ts';
import { MailView } from './mail-view.tsx';
import type { Mark } from './marked.tsx';
import { marksOf } from './marks-of.ts';
import { ScanProblems } from './page-list.tsx';
import { partPath } from './paths.ts';
import { Reading } from './reading.tsx';
import { type Evidence, isQuarantined, type Reply } from './stored-evidence.ts';
import { Viewer } from './viewer.tsx';

/** What came, as it came: the pages of letters and faxes, the mail, and what was replied later. */
export function EvidenceView({ request, evidence, names }: EvidenceViewProps) {
  const marks = marksOf(request);
  const { requestId, receivedAt, decision } = request;
  if (isQuarantined(request)) return <Quarantined request={request} />;
  const senderCheck = decision.found?.find(({ what }) => what === 'authentication')?.sentence;
  return (
    <>
      {request.scans && request.scans.length > 0 && <Scans request={request} evidence={evidence} />}
      {evidence.replies.map((reply, index) => (
        <ReplyView requestId={requestId} reply={reply} index={index} marks={marks} />
      ))}
      {evidence.mail && (
        <MailView
          id="mail"
          title={evidence.replies.length > 0 ? 'The first mail' : 'The mail'}
          stored={evidence.mail}
          path={partPath(requestId, 'mail.eml')}
          receivedAt={receivedAt}
          senderCheck={senderCheck}
          marks={marks}
        />
      )}
      {!evidence.mail && !request.scans?.length && <NothingCame request={request} names={names} />}
    </>
  );
}

function Scans({ request, evidence }: { request: WrittenRequest; evidence: Evidence }) {
  return (
    <section class="card scans" id="scans" aria-labelledby="scans-title">
      <h2 id="scans-title" class="heard">
        What came on paper
      </h2>
      <Reading request={request} shown={evidence.shown} />
      <div id="scan-problems">
        <ScanProblems request={request} />
      </div>
      <Viewer request={request} evidence={evidence} />
    </section>
  );
}

function ReplyView(props: { requestId: string; reply: Reply; index: number; marks: Mark[] }) {
  const { requestId, reply, index, marks } = props;
  const title = `Reply ${index + 1}`;
  if (!reply.stored) {
    return (
      <Card>
        <h2>{title}</h2>
        <Notice tone="danger">
          {'This reply came on '}
          <Moment at={reply.at} />
          {' and did not pass the virus scan. It is closed, also for you.'}
        </Notice>
      </Card>
    );
  }
  return (
    <MailView
      id={`reply-${index + 1}`}
      title={title}
      stored={reply.stored}
      path={partPath(requestId, 'replies', reply.digest)}
      receivedAt={reply.at}
      marks={marks}
    />
  );
}

/** Its headers alone, as they were recorded: neither its text nor its files. */
function Quarantined({ request: { summary, receivedAt } }: { request: WrittenRequest }) {
  return (
    <Card>
      <h2>The mail is closed</h2>
      <Notice tone="danger">
        It did not pass the virus scan. Nobody can open it here, neither its text nor its attachments: that is all that
        is shown of it.
      </Notice>
      <dl class="facts">
        <div>
          <dt>Subject</dt>
          <dd>{summary.subject || <em>no subject</em>}</dd>
        </div>
        <div>
          <dt>From</dt>
          <dd>{summary.from ?? <em>nobody</em>}</dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>
            <Moment at={receivedAt} />
          </dd>
        </div>
      </dl>
      <p class="hint">
        Does the sender seem to be a member who wants something? Find them under Members, and write to the address that
        the directory has: ask them to send it again without the attachment.
      </p>
    </Card>
  );
}

interface EvidenceViewProps {
  request: WrittenRequest;
  evidence: Evidence;
  names: Names;
}

/** A member asked by other means, and a person wrote it down. */
function NothingCame({ request, names }: Pick<EvidenceViewProps, 'request' | 'names'>) {
  const { decision, receivedAt } = request;
  const member = names.get(memberIdOf(request) ?? '') ?? 'the member';
  return (
    <Card>
      <h2>Nothing came as a file</h2>
      <p>
        {`${decision.by?.name ?? 'Somebody'} wrote down what ${member} asked for on `}
        <Moment at={receivedAt} show="day" />:
      </p>
      <blockquote class="text">{decision.words ?? withNames(decision.reason, names)}</blockquote>
    </Card>
  );
}
