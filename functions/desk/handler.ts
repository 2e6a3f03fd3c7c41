import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { log } from '../../shared/log.ts';
import { desk } from './desk.tsx';

const answer = handle(desk);

/** Every path below /desk of the HTTP API. */
export const handler = middy<LambdaEvent>()
  .use(injectLambdaContext(log))
  .handler((event, context: Context) => answer(event, context));
