import { page } from '../layout.tsx';
import { Rows } from '../queue/rows.tsx';
import type { Staff } from '../staff.ts';
import { Section } from '../views/frames.tsx';
import { EmptyState } from '../views/messages.tsx';
import { Changes } from './changes.tsx';
import type { CommunityFacts } from './facts.ts';
import { MemberList } from './member-list.tsx';
import { ScopeStates } from './scope-states.tsx';

/** A community: who may speak for it, and what is in effect for its images. */
export const communityPage = (staff: Staff, { communityId, managers, optOut, requests, members }: CommunityFacts) =>
  page(
    {
      title: communityId,
      heading: (
        <>
          {communityId} <span class="handle">community</span>
        </>
      ),
      staff,
      at: '/desk/members',
      styles: ['lists.css'],
      crumbs: [{ path: '/desk/members', words: 'Members' }],
    },
    <div class="columns">
      <div>
        <Section id="now" title="In effect now">
          <ScopeStates optOuts={[optOut]} own />
        </Section>
        <Section id="requests" title="Requests that changed it lately">
          {requests.length > 0 ? (
            <Rows requests={requests} members={members} withState />
          ) : (
            <EmptyState title="No request yet">
              <p>A request of any of its managers stands here. Record one on the page of the manager.</p>
            </EmptyState>
          )}
        </Section>
      </div>
      <div>
        <Section id="managers" title={managers.length === 1 ? 'Its manager' : 'Its managers'}>
          {managers.length > 0 ? (
            <MemberList members={managers} />
          ) : (
            <p class="quiet">Nobody in the directory manages it any more.</p>
          )}
        </Section>
        <Section id="changes" title="Last changes">
          <Changes optOuts={[optOut]} />
        </Section>
      </div>
    </div>,
  );
