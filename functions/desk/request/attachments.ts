import type { Context } from 'hono';
import { Hono } from 'hono';
import { evidenceKeys } from '../../../shared/evidence/store.ts';
import { eachAttachment } from '../../../shared/mail/attachments.ts';
import { dispositionOf } from '../../../shared/presigned.ts';
import { largestStreamed } from './attachment-limit.ts';
import { openEvidence } from './evidence.ts';
import { type RequestEnv, say } from './known-request.tsx';
import { isQuarantined, isStopped } from './stored-evidence.ts';

/**
 * One attachment of a mail, decoded on the way. It is a stranger's file: always a download, of no type that a browser
 * opens, and should one open it all the same, without scripts, forms and an origin.
 */
export const attachments = new Hono<RequestEnv>();

attachments.get('/mail/attachments/:number{[1-9][0-9]{0,2}}', (context) => {
  const request = context.get('request');
  if (isQuarantined(request)) return say(context, closed);
  return send(context, evidenceKeys.mail(request.requestId), Number(context.req.param('number')) - 1);
});

attachments.get('/replies/:digest{[0-9a-f]{64}}/attachments/:number{[1-9][0-9]{0,2}}', async (context) => {
  const { digest, number } = context.req.param();
  if (await isStopped(digest)) return say(context, closed);
  return send(context, evidenceKeys.reply(context.get('request').requestId, digest), Number(number) - 1);
});

async function send(context: Context<RequestEnv>, key: string, place: number) {
  const bytes = await readAttachment(key, place);
  if (!bytes) return say(context, missing);
  if (bytes.length > largestStreamed) return say(context, tooLarge);
  return context.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': dispositionOf({ fileName: context.req.query('name')?.slice(0, 120) }),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
  });
}

async function readAttachment(key: string, place: number): Promise<Buffer | undefined> {
  const signal = AbortSignal.timeout(mostMilliseconds);
  const object = await openEvidence(key, signal);
  if (!object) return undefined;
  signal.addEventListener('abort', () => object.body.destroy(new Error('The mail took too long to read.')));
  let found: Buffer | undefined;
  await eachAttachment(
    object.body,
    (here) => here === place,
    async (_, bytes) => {
      found = bytes;
    },
  );
  return found;
}

const mostMilliseconds = 12_000;

const closed = {
  status: 403,
  title: 'This mail is closed',
  sentence: 'It did not pass the virus scan, so nobody opens it or its attachments here.',
} as const;

const missing = {
  status: 404,
  title: 'There is no such attachment',
  sentence: 'The mail is no longer kept, or has fewer attachments. Go back and load the page again.',
} as const;

const tooLarge = {
  status: 413,
  title: 'It is too large to be sent alone',
  sentence: 'Go back and download the whole mail instead: it has the attachment in it.',
} as const;
