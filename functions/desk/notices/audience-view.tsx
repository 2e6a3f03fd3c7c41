import { addSeconds } from '../../../shared/clock.ts';
import type { AudienceCount } from '../../../shared/notices/count-audience.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Card, Fact, Facts } from '../views/frames.tsx';
import { Notice as Message } from '../views/messages.tsx';
import { Moment } from '../views/times.tsx';
import { noticePath, noticesPath } from './paths.ts';
import { count, counted, languageWords, lasting, members } from './words.ts';

interface Props {
  notice: Notice;
  found: AudienceCount;
  at: string;
}

/** The dry run: how many are told if it were sent now, in which languages, who cannot be reached, and when it is done. */
export function AudienceView({ notice, found, at }: Props) {
  const { members: many, unreachable, rate, minutes, complete } = found;
  if (many === 0 && complete) {
    return (
      <Message tone="warn">
        No member belongs to this audience, so nobody would be told.{' '}
        <a href={noticePath(notice.noticeId, 'edit#audience')}>Choose another</a>
      </Message>
    );
  }
  return (
    <Facts>
      <Fact label="Members">
        <strong>{counted(many, found)}</strong>
        {!complete && ' (counting stopped after some seconds)'}
      </Fact>
      <Fact label="Languages">
        <Languages {...found} />
      </Fact>
      <Fact label="Without mail">
        {unreachable === 0
          ? 'Everybody has an address that takes mail, as far as we know.'
          : `${members(unreachable)}: mail to the address bounced, so the banner alone tells them.`}
      </Fact>
      <Fact label="Rate">{`At most ${count(rate.perMinute)} mails a minute; the rest of what we may send is kept for answers.`}</Fact>
      <Fact label="Takes">
        {lasting(minutes)}
        {notice.sendAt > at && (
          <>
            , done by about <Moment at={addSeconds(notice.sendAt, minutes * 60)} />
          </>
        )}
      </Fact>
      {rate.leftToday !== undefined && rate.leftToday < many - unreachable && (
        <Fact label="Today">
          {`SES takes ${count(rate.leftToday)} more of these mails in its 24 hours, so it goes on the day after.`}
        </Fact>
      )}
    </Facts>
  );
}

function Languages({ byLanguage }: AudienceCount) {
  const all = Object.entries(byLanguage).sort(([, one], [, other]) => other - one);
  return <>{all.map(([language, many]) => `${languageWords(language)} ${count(many)}`).join(', ')}</>;
}

/** The same as a page of its own, for whoever has no script. */
export function audiencePage(staff: Staff, notice: Notice, found: AudienceCount, at: string) {
  const crumbs = [
    { path: noticesPath, words: 'Notices' },
    { path: noticePath(notice.noticeId), words: notice.title },
  ];
  return page(
    { title: 'Who would be told now', staff, at: noticesPath, crumbs, styles: ['notices.css'] },
    <Card>
      <AudienceView notice={notice} found={found} at={at} />
    </Card>,
  );
}
