import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { log } from '../../shared/log.ts';
import { site } from './site.tsx';

const answer = handle(site);

/** Every path of the HTTP API that no other function takes. */
export const handler = middy<LambdaEvent>()
  .use(injectLambdaContext(log))
  .handler((event, context: Context) => answer(event, context));
