import { createRoute } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { problem } from '../problem.ts';
import { every, onlyJson, problemAnswers } from '../routes.ts';
import { withToken } from '../token.ts';
import { linksAnswer, linksRequest, mailAnswer, mailRequest } from './schemas.ts';

export const offersScope = 'inwriting/offers.links';

/** Of 1,000 recipients with the longest ids or addresses, each character escaped. */
const maxBody = 2 * 1024 * 1024;
const tooLarge = `A body may hold ${maxBody / 1024 / 1024} MB: send several requests, of at most 1,000 recipients each.`;

const security = [{ machine: [offersScope] }];

const limit = bodyLimit({ maxSize: maxBody, onError: (context) => problem(context, 'too-large', tooLarge) });

const problems = problemAnswers([...every, 'malformed', 'too-large', 'not-json']);

export const getLinks = createRoute({
  method: 'post',
  path: '/offers/links',
  operationId: 'getLinks',
  summary: 'Links with which up to 1,000 members unsubscribe from offers',
  description: 'Every offer carries them. They are good without end and the same each time, so they can be kept.',
  security,
  middleware: [withToken(offersScope), limit, onlyJson] as const,
  request: { body: { required: true, content: { 'application/json': { schema: linksRequest } } } },
  responses: {
    200: { description: 'The links.', content: { 'application/json': { schema: linksAnswer } } },
    ...problems,
  },
});

export const mayMail = createRoute({
  method: 'post',
  path: '/offers/check',
  operationId: 'mayMail',
  summary: 'May offers be mailed to these up to 1,000 members or addresses?',
  description:
    'Ask right before sending. For partners, who must not learn who is a member, there is the suppression list as hashes, made at the desk.',
  security,
  middleware: [withToken(offersScope), limit, onlyJson] as const,
  request: { body: { required: true, content: { 'application/json': { schema: mailRequest } } } },
  responses: {
    200: { description: 'The answers.', content: { 'application/json': { schema: mailAnswer } } },
    ...problems,
  },
});
