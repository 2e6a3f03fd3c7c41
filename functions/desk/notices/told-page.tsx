import { now } from '../../../shared/clock.ts';
import type { NoticeDelivery } from '../../../shared/deliveries/of-notice.ts';
import type { Member } from '../../../shared/members/member.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { toldOf } from '../../../shared/notices/told.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Fact, Facts } from '../views/frames.tsx';
import { EmptyState } from '../views/messages.tsx';
import { MemberName } from '../views/names.tsx';
import { Badge } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import { noticePath, noticesPath } from './paths.ts';
import { Seek } from './prove-view.tsx';
import { languageWords } from './words.ts';

/** A member, and how far telling them has come; absent for whom the notice is not for. */
export interface Record {
  member?: Member;
  delivery?: NoticeDelivery;
}

/** How and when members were told, who were searched for. */
export function toldPage(staff: Staff, notice: Notice, { text, records }: { text: string; records: Record[] }) {
  const crumbs = [
    { path: noticesPath, words: 'Notices' },
    { path: noticePath(notice.noticeId), words: notice.title },
  ];
  const at = now();
  return page(
    { title: 'How members were told', staff, at: noticesPath, crumbs, styles: ['notices.css'] },
    <>
      <Seek notice={notice} text={text} />
      {records.map((record) => (
        <RecordView {...record} notice={notice} at={at} />
      ))}
      {records.length === 0 && (
        <EmptyState title={text ? `No member fits “${text}”` : 'Whom are you looking for?'} icon="person">
          <p>A name has to be whole, such as Anna Weber. A handle, an address and a member id work as well.</p>
        </EmptyState>
      )}
    </>,
  );
}

function RecordView({ member, delivery, notice, at }: Record & { notice: Notice; at: string }) {
  return (
    <section class="card record">
      <h2>
        <MemberName member={member} memberId={member?.memberId ?? delivery?.memberId} />
      </h2>
      {delivery ? <Told delivery={delivery} notice={notice} at={at} /> : <NotTold notice={notice} />}
    </section>
  );
}

const NotTold = ({ notice: { walk, asOf } }: { notice: Notice }) => (
  <p>
    {!asOf && 'Sending has not begun, so nobody was told yet.'}
    {asOf && !walk?.doneAt && 'Not told yet: the notice has not come to them, or is not for them.'}
    {asOf && walk?.doneAt && 'Not told: they did not belong to the audience when sending began.'}
  </p>
);

function Told({ delivery, notice, at }: { delivery: NoticeDelivery; notice: Notice; at: string }) {
  return (
    <>
      <p class="lead">
        <Verdict delivery={delivery} notice={notice} at={at} />
      </p>
      <Facts>
        <Fact label="Address">{delivery.to}</Fact>
        <Fact label="Language">{languageWords(delivery.language)}</Fact>
        {moments(delivery).map(({ label, when, detail }) => (
          <Fact label={label}>
            <Moment at={when} /> <span class="quiet">{detail}</span>
          </Fact>
        ))}
        {delivery.messageId && (
          <Fact label="SES's id">
            <code class="hash">{delivery.messageId}</code>
          </Fact>
        )}
      </Facts>
      {delivery.possibleDuplicate && (
        <p class="quiet">The mail may have been sent twice: a process ended between SES’s yes and its own note.</p>
      )}
    </>
  );
}

function Verdict({ delivery, notice, at }: { delivery: NoticeDelivery; notice: Notice; at: string }) {
  const told = toldOf(delivery, notice);
  if (told.by === 'mail' && told.at) {
    return (
      <>
        <Badge tone="good">Told by mail</Badge> It was delivered, <Moment at={told.at} />.
      </>
    );
  }
  if (told.by === 'banner' && told.at && told.until) {
    return (
      <>
        <Badge tone="warn">Told by banner only</Badge>{' '}
        {told.until > at ? 'The site shows it from ' : 'The site showed it from '}
        <Moment at={told.at} /> until <Moment at={told.until} />: they count as told for that time alone.
      </>
    );
  }
  return (
    <>
      <Badge tone="quiet">Not yet</Badge> Nobody knows yet that the mail arrived. The site shows the notice meanwhile.
    </>
  );
}

/** All that was heard of it, in the order in which it comes about. */
const moments = (delivery: NoticeDelivery): { label: string; when: string; detail?: string }[] =>
  [
    { label: 'Queued', when: delivery.queuedAt },
    { label: 'No mail', when: delivery.bannerAt, detail: 'an earlier mail to this address bounced' },
    { label: 'Sent', when: delivery.sentAt },
    { label: 'Delayed', when: delivery.delayedAt, detail: delivery.delayedAtDetail },
    { label: 'Delivered', when: delivery.deliveredAt, detail: delivery.deliveredAtDetail },
    { label: 'Bounced', when: delivery.bouncedAt, detail: delivery.bouncedAtDetail },
    { label: 'Complained', when: delivery.complainedAt, detail: delivery.complainedAtDetail },
    { label: 'Refused', when: delivery.failedAt, detail: delivery.failure ?? delivery.failedAtDetail },
    { label: 'Not sent', when: delivery.skippedAt, detail: delivery.skipped },
  ].filter((moment): moment is { label: string; when: string; detail?: string } => moment.when !== undefined);
