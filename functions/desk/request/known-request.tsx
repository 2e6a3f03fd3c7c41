import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { readRequestId } from '../../../shared/requests/id.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { readRequest } from '../../../shared/requests/store.ts';
import { page } from '../layout.tsx';
import { type Problem, problem } from '../problem.tsx';
import type { DeskEnv } from '../staff.ts';
import { EmptyState } from '../views/messages.tsx';

/** What the pages of one request find in their context. */
export interface RequestEnv {
  Variables: DeskEnv['Variables'] & { request: WrittenRequest };
}

/** What went wrong, on the pages of one request. */
export const say = (context: Context<RequestEnv>, what: Problem) =>
  problem(context as unknown as Context<DeskEnv>, what);

/** Reads the request that the address names, as people may have typed it; says so where there is none. */
export const knownRequest = createMiddleware<RequestEnv>(async (context, next) => {
  const typed = context.req.param('id') ?? '';
  const requestId = readRequestId(typed);
  const request = requestId && (await readRequest(requestId));
  if (!request)
    return context.html(
      page({ title: 'There is no such request', staff: context.get('staff') }, <Unknown typed={typed} />),
      404,
    );
  context.set('request', request);
  return next();
});

const Unknown = ({ typed }: { typed: string }) => (
  <EmptyState title={`Nothing is recorded under “${typed.slice(0, 60)}”.`}>
    <p>
      An id has the form W-XXXX-XXXX-XXXX-XXXX and no letter O, I, L or U. Search for a part of it, or for the name or
      the address of whoever wrote: the search is at the top of the page. Or <a href="/desk">go back to the queue</a>.
    </p>
  </EmptyState>
);
