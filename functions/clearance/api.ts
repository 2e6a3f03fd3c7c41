import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { type Clearance, hasScope, readSubject } from '../../shared/clearance/check.ts';
import { checkAndKeep } from '../../shared/clearance/check-dated.ts';
import { reasonOf, Unavailable } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import type { Subject } from '../../shared/optouts/opt-out.ts';
import { docs } from './docs.ts';
import { faultsOf } from './faults.ts';
import { addOffers } from './offers/offers.ts';
import { getLinks, mayMail } from './offers/routes.ts';
import { problem } from './problem.ts';
import { askMany, askOne } from './routes.ts';
import { noSuchImages } from './schemas.ts';
import type { MachineEnv } from './token.ts';

/** The clearance API: marketing's tools ask here before they use an image. */
export const api = new OpenAPIHono<MachineEnv>({
  strict: false,
  defaultHook: (result, context) => {
    if (result.success) return undefined;
    if (result.target === 'param') return problem(context, 'not-found', noSuchKind);
    return problem(
      context,
      'invalid',
      'Nothing was checked: mend what "errors" names and ask again.',
      faultsOf(result),
    );
  },
});

api.use(async (context, next) => {
  await next();
  context.header('X-Content-Type-Options', 'nosniff');
  if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
});

api.openapi(askMany, async (context) => {
  const { subjects, campaign } = context.req.valid('json');
  const client = context.get('client');
  const { checkId, at, results } = await checkAndKeep(subjects, { by: { kind: 'machine', id: client }, campaign });
  log.info('checked', { checkId, client, subjects: results.length, refused: countRefused(results) });
  return context.json({ checkId, checkedAt: at, results }, 200);
});

api.openapi(askOne, async (context) => {
  const { kind, id } = context.req.valid('param');
  const { scope } = context.req.valid('query');
  const subject = readSubject(`${kind}/${id}`);
  if (!subject) return problem(context, 'not-found', noSuchKind) as never;
  if (scope && !hasScope(subject, scope)) {
    const errors = [{ parameter: 'scope', detail: noSuchImages(subject, scope) }];
    return problem(context, 'invalid', 'Nothing was checked: mend what "errors" names and ask again.', errors) as never;
  }
  return context.json(await answerOne(subject, context.get('client'), scope && [scope]), 200);
});

addOffers(api);
api.route('/clearance', docs(api));

for (const { path, method } of [askMany, askOne, getLinks, mayMail].map((route) => ({
  ...route,
  path: route.getRoutingPath(),
}))) {
  api.all(path, (context) => {
    context.header('Allow', method === 'get' ? 'GET, HEAD' : method.toUpperCase());
    return problem(context, 'method-not-allowed', `Ask with ${method.toUpperCase()}: /clearance says how.`);
  });
}

api.notFound((context) =>
  problem(context, 'not-found', 'The address is incomplete or mistyped: /clearance lists all.'),
);

api.onError((error, context) => {
  if (error instanceof HTTPException && error.status === 400) return problem(context, 'malformed', notJson);
  log.error('clearance failed', { error: error.name, reason: reasonOf(error) });
  if (!(error instanceof Unavailable))
    return problem(context, 'failed', 'It is not your doing, and we have been told.');
  context.header('Retry-After', '5');
  return problem(context, 'unavailable', 'Nothing was answered, so nothing may be used: ask again in some seconds.');
});

const noSuchKind =
  'Write /clearance/member/ID or /clearance/community/ID; an id has no space, no slash, and at most 128 characters.';
const notJson = 'The body cannot be read as JSON, so nothing was checked: send a JSON object.';

async function answerOne(
  subject: Subject,
  client: string,
  scopes?: Parameters<typeof checkAndKeep>[0][number]['scopes'],
) {
  const { checkId, at, results } = await checkAndKeep([{ subject, scopes }], { by: { kind: 'machine', id: client } });
  log.info('checked', { checkId, client, subjects: 1, refused: countRefused(results) });
  return { checkId, checkedAt: at, ...results[0]! };
}

const countRefused = (results: Clearance[]): number => results.filter(({ allowed }) => !allowed).length;
