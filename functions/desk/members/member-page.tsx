import type { Member } from '../../../shared/members/member.ts';
import { page } from '../layout.tsx';
import { Rows } from '../queue/rows.tsx';
import type { Staff } from '../staff.ts';
import { Fact, Facts, Section } from '../views/frames.tsx';
import { EmptyState } from '../views/messages.tsx';
import { CommunityName } from '../views/names.tsx';
import { memberPath, requestPath } from '../views/paths.ts';
import { Moment } from '../views/times.tsx';
import { Changes } from './changes.tsx';
import type { MemberFacts } from './facts.ts';
import { ScopeStates } from './scope-states.tsx';
import type { Statement } from './statement.ts';
import { StatementForm } from './statement-form.tsx';

export interface MemberPageProps extends MemberFacts {
  statement: Statement;
  /** Id of the request that was just recorded. */
  recorded?: string;
  /** Whether the link to the preferences was just sent. */
  linkSent?: boolean;
}

/** A member: what is in effect for their images, why, and what came before. */
export function memberPage(staff: Staff, props: MemberPageProps) {
  const { member, optOuts, recorded, linkSent, statement } = props;
  return page(
    {
      title: member.name,
      heading: (
        <>
          {member.name} <span class="handle">@{member.handle}</span>
        </>
      ),
      staff,
      at: '/desk/members',
      styles: ['lists.css'],
      crumbs: [{ path: '/desk/members', words: 'Members' }],
      notice: recorded
        ? { tone: 'done', words: <Recorded requestId={recorded} /> }
        : linkSent
          ? { tone: 'done', words: linkIsOnItsWay }
          : undefined,
    },
    <div class="columns">
      <div>
        <Section id="now" title="In effect now">
          <ScopeStates optOuts={optOuts} />
          <StatementForm member={member} statement={statement} />
          <LinkForm member={member} nonce={statement.nonce} />
        </Section>
        <Requests {...props} />
      </div>
      <div>
        <Section id="member" title="In the directory">
          <MemberFactsList member={member} />
        </Section>
        <Section id="changes" title="Last changes">
          <Changes optOuts={optOuts} />
        </Section>
      </div>
    </div>,
  );
}

const linkIsOnItsWay =
  'The link to their preferences is on its way to the member’s primary address. It is good for 30 minutes.';

/** Only the member opts back in: this is what staff can do for somebody who asks for it. */
const LinkForm = ({ member, nonce }: { member: Member; nonce: string }) => (
  <form method="post" action={`${memberPath(member.memberId)}/preferences-link`}>
    <input type="hidden" name="nonce" value={nonce} />
    <button type="submit">Send the member the link to their preferences</button>
  </form>
);

function Recorded({ requestId }: { requestId: string }) {
  return (
    <>
      Recorded as{' '}
      <a class="id" href={requestPath(requestId)}>
        {requestId}
      </a>
      . It is in effect, and the member gets an answer.
    </>
  );
}

function Requests({ member, requests, next, after }: MemberFacts) {
  return (
    <Section id="requests" title="Requests">
      {requests.length > 0 ? (
        <Rows requests={requests} members={new Map()} withState withoutWho />
      ) : (
        <EmptyState title={after ? 'There are no more' : 'No request yet'}>
          {!after && <p>Requests that this member writes, or that somebody decides for them, stand here.</p>}
        </EmptyState>
      )}
      {(next || after) && (
        <nav class="pages" aria-label="Pages of requests">
          {after ? <a href={`${memberPath(member.memberId)}#requests`}>The newest</a> : <span />}
          {next && (
            <a href={`${memberPath(member.memberId)}?after=${encodeURIComponent(next)}#requests`}>Older requests</a>
          )}
        </nav>
      )}
    </Section>
  );
}

function MemberFactsList({ member }: { member: Member }) {
  return (
    <Facts>
      <Fact label="Address">{member.primaryEmail}</Fact>
      {member.otherEmails.length > 0 && (
        <Fact label="Others">
          <ul>
            {member.otherEmails.map((address) => (
              <li>{address}</li>
            ))}
          </ul>
        </Fact>
      )}
      {member.manages.length > 0 && (
        <Fact label="Manages">
          <ul>
            {member.manages.map((communityId) => (
              <li>
                <CommunityName communityId={communityId} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact label="Language">{languageOf(member.locale)}</Fact>
      {member.createdAt && (
        <Fact label="Member since">
          <Moment at={member.createdAt} show="day" />
        </Fact>
      )}
      <Fact label="Member id">
        <span class="id">{member.memberId}</span>
      </Fact>
    </Facts>
  );
}

/** The directory may hold anything there. */
function languageOf(locale = 'en'): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
