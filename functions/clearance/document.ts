import type { OpenAPIHono } from '@hono/zod-openapi';
import { env } from '../../shared/env.ts';
import { offersScope } from './offers/routes.ts';
import { checkScope } from './routes.ts';
import { type MachineEnv, tokenEndpoint } from './token.ts';

export type Document = ReturnType<OpenAPIHono<MachineEnv>['getOpenAPI31Document']>;

/** The OpenAPI document, made of the schemas that validate. */
export async function documentOf(api: OpenAPIHono<MachineEnv>): Promise<Document> {
  const tokenUrl = await tokenEndpoint();
  const scopes = {
    [checkScope]: 'Ask whether images may be used',
    [offersScope]: 'Get links with which members unsubscribe from offers',
  };
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Clearance',
      version: '1',
      description:
        'May we use these images now? Ask before each use: members may say no at any time, and it counts at once. Whatever is not `allowed` may not be used.',
    },
    servers: [{ url: env('publicUrl') }],
  });
  return {
    ...document,
    components: {
      ...document.components,
      securitySchemes: {
        machine: {
          type: 'oauth2',
          description: 'A token for a program (client credentials). It is good for an hour: keep it that long.',
          flows: { clientCredentials: { tokenUrl, scopes } },
        },
      },
    },
  };
}
