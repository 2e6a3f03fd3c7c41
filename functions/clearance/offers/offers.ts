import type { OpenAPIHono } from '@hono/zod-openapi';
import { log } from '../../../shared/log.ts';
import type { MachineEnv } from '../token.ts';
import { linksOf } from './links.ts';
import { mayMailTo } from './may-mail.ts';
import { getLinks, mayMail } from './routes.ts';

/** For the tools that mail offers: what each offer has to carry, and to whom none may be sent. */
export function addOffers(api: OpenAPIHono<MachineEnv>): void {
  api.openapi(getLinks, async (context) => {
    const { members } = context.req.valid('json');
    const results = await linksOf(members);
    log.info('links given', { client: context.get('client'), members: members.length });
    return context.json({ results }, 200);
  });

  api.openapi(mayMail, async (context) => {
    const { recipients } = context.req.valid('json');
    const results = await mayMailTo(recipients);
    const refused = results.filter(({ allowed }) => !allowed).length;
    log.info('offers checked', { client: context.get('client'), recipients: recipients.length, refused });
    return context.json({ results }, 200);
  });
}
