import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { log } from '../../shared/log.ts';
import { api } from './api.ts';

const answer = handle(api);

/** /clearance and every path below it. */
export const handler = middy<LambdaEvent>()
  .use(injectLambdaContext(log))
  .handler((event, context: Context) => answer(event, context));
