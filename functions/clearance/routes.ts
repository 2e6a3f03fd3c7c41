import { createRoute, z } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { type ProblemName, problem, problems } from './problem.ts';
import { checkAnswer, checkRequest, oneAnswer, problemDetails, scope } from './schemas.ts';
import { withToken } from './token.ts';

export const checkScope = 'inwriting/clearance.check';

/** Of 1,000 subjects with the longest ids, each character escaped. */
const maxBody = 2 * 1024 * 1024;

const security = [{ machine: [checkScope] }];
export const every: ProblemName[] = ['unauthorized', 'insufficient-scope', 'invalid', 'failed', 'unavailable'];

export const onlyJson = createMiddleware(async (context, next) => {
  if (/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(context.req.header('content-type') ?? '')) return next();
  return problem(context, 'not-json', 'Send JSON, with "Content-Type: application/json".');
});

export const askOne = createRoute({
  method: 'get',
  path: '/clearance/{kind}/{id}',
  operationId: 'askOne',
  summary: 'May the images of one member or community be used now?',
  description: 'An id that would have to be escaped in an address is better asked about by `POST /clearance/check`.',
  security,
  middleware: [withToken(checkScope)] as const,
  request: {
    params: z.object({
      kind: z.enum(['member', 'community']).openapi({ example: 'member' }),
      id: z.string().openapi({ example: '1001' }),
    }),
    query: z.object({ scope: scope.optional() }),
  },
  responses: {
    200: {
      description: 'The answer, kept under its check id.',
      content: { 'application/json': { schema: oneAnswer } },
    },
    ...problemAnswers([...every, 'not-found']),
  },
});

export const askMany = createRoute({
  method: 'post',
  path: '/clearance/check',
  operationId: 'check',
  summary: 'May the images of up to 1,000 members and communities be used now?',
  security,
  middleware: [
    withToken(checkScope),
    bodyLimit({ maxSize: maxBody, onError: (context) => problem(context, 'too-large', tooLarge) }),
    onlyJson,
  ] as const,
  request: { body: { required: true, content: { 'application/json': { schema: checkRequest } } } },
  responses: {
    200: {
      description: 'The answer, kept under its check id.',
      content: { 'application/json': { schema: checkAnswer } },
    },
    ...problemAnswers([...every, 'malformed', 'too-large', 'not-json']),
  },
});

const tooLarge = `A body may hold ${maxBody / 1024 / 1024} MB: send several requests, of at most 1,000 subjects each.`;

/** The problems that a route can answer with, for the document. */
export function problemAnswers(names: ProblemName[]) {
  const content = { 'application/problem+json': { schema: problemDetails } };
  return Object.fromEntries(
    names.map((name) => [problems[name].status, { description: problems[name].title, content }]),
  );
}
