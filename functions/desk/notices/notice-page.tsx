import type { Notice } from '../../../shared/notices/notice.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Fact, Facts, Section } from '../views/frames.tsx';
import { Notice as Message } from '../views/messages.tsx';
import { StaffName } from '../views/names.tsx';
import { Badge } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import type { Gathered } from './gather.ts';
import { noticePath, noticesPath } from './paths.ts';
import { BannerState, ProgressView } from './progress-view.tsx';
import { Prove } from './prove-view.tsx';
import { dayWords, isDay, wordsFor } from './send-time.ts';
import { Steps } from './steps-view.tsx';
import { TestMail } from './test-view.tsx';
import { Texts } from './texts-view.tsx';
import { audienceWords, capital, stateWords } from './words.ts';

interface Above {
  /** What has just been done. */
  done?: string;
  /** Why something was not done. */
  refused?: string;
}

/** One notice: what may be done with it now, how far it is, and what it says. */
export function noticePage(staff: Staff, gathered: Gathered, { done, refused }: Above = {}) {
  const { notice } = gathered;
  const { tone, words } = stateWords[notice.state];
  return page(
    {
      title: notice.title,
      heading: (
        <>
          {notice.title} <Badge tone={tone}>{words}</Badge>
        </>
      ),
      staff,
      at: noticesPath,
      crumbs: [{ path: noticesPath, words: 'Notices' }],
      styles: ['notices.css'],
      notice: done ? { tone: 'done', words: done } : undefined,
    },
    <>
      {refused && <Message tone="danger">{refused}</Message>}
      <Steps staff={staff} {...gathered} />
      <div class="columns">
        <div>
          {notice.walk ? <UnderWay {...gathered} /> : <Before {...gathered} />}
          <Texts notice={notice} />
        </div>
        <div>
          <About notice={notice} at={gathered.at} />
          {notice.asOf && <Prove notice={notice} />}
          {!notice.asOf && notice.state !== 'cancelled' && <TestMail staff={staff} {...gathered} />}
          <History notice={notice} />
        </div>
      </div>
    </>,
  );
}

const UnderWay = ({ notice, at, expected }: Gathered) => (
  <Section title="Who was told" id="told">
    <ProgressView notice={notice} at={at} expected={expected} />
  </Section>
);

/** What is missing, and the dry run, which counts the members and so comes a moment later. */
function Before({ notice, faults }: Gathered) {
  if (notice.state === 'cancelled') return <Message>It was cancelled before anybody was told.</Message>;
  const edit = noticePath(notice.noticeId, 'edit');
  return (
    <>
      {faults.length > 0 && (
        <Message tone="warn">
          <strong>{notice.state === 'draft' ? 'Before it can be submitted' : 'Before it can be sent'}</strong>
          <ul>
            {faults.map(({ field, sentence }) => (
              <li>
                <a href={`${edit}#${field}`}>{sentence}</a>
              </li>
            ))}
          </ul>
        </Message>
      )}
      <Section title="Who would be told now" id="dry-run">
        <div
          hx-get={noticePath(notice.noticeId, 'audience')}
          hx-trigger="load"
          hx-swap="innerHTML"
          class="stack"
          aria-live="polite"
        >
          <p class="quiet">
            <a href={noticePath(notice.noticeId, 'audience')}>Count the members</a>
          </p>
        </div>
      </Section>
    </>
  );
}

function About({ notice, at }: { notice: Notice; at: string }) {
  const { audience, effectiveOn, sendAt, zone, approvedBy, hash, noticeId } = notice;
  return (
    <Section title="About it" id="about">
      <Facts>
        <Fact label="Number">
          <span class="id">{noticeId}</span>
        </Fact>
        <Fact label="To">{capital(audienceWords(audience))}</Fact>
        <Fact label={notice.asOf ? 'Sent' : 'To be sent'}>
          {sendAt ? wordsFor(sendAt, zone) : 'No time is chosen yet'}
        </Fact>
        <Fact label="Takes effect">{isDay(effectiveOn) ? dayWords(effectiveOn) : 'No day is chosen yet'}</Fact>
        {!notice.walk && (
          <Fact label="Banner">
            <BannerState notice={notice} at={at} />
          </Fact>
        )}
        <Fact label="Written by">
          {notice.by.name}
          {notice.editedBy && notice.editedBy.id !== notice.by.id && `, last changed by ${notice.editedBy.name}`}
        </Fact>
        {approvedBy && <Fact label="Approved by">{approvedBy.name}</Fact>}
        {hash && (
          <Fact label="SHA-256">
            <code class="hash" title="Of the texts, dates and audience, as they were submitted">
              {hash}
            </code>
          </Fact>
        )}
      </Facts>
    </Section>
  );
}

const History = ({ notice: { history } }: { notice: Notice }) => (
  <Section title="History" id="history">
    <ol class="plain-list" reversed>
      {history.toReversed().map(({ at, by, what }) => (
        <li>
          <Moment at={at} /> <StaffName by={by} />
          <br />
          {what}
        </li>
      ))}
    </ol>
  </Section>
);
