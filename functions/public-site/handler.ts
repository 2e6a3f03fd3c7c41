import { handle } from 'hono/aws-lambda';
import { site } from './site.tsx';

/** Every path of the HTTP API that no other function takes. */
export const handler = handle(site);
