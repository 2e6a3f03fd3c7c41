import { Hono } from 'hono';
import { env } from '../../../shared/env.ts';
import { evidenceKeys } from '../../../shared/evidence/store.ts';
import { linkTo } from '../../../shared/presigned.ts';
import type { Scan, WrittenRequest } from '../../../shared/requests/request.ts';
import { type RequestEnv, say } from './known-request.tsx';
import { isProgram } from './page-list.tsx';
import { isQuarantined, isStopped } from './stored-evidence.ts';

/**
 * The evidence, by links that end after a minute: the role was checked on the way here, and the bytes do not pass
 * through the function, whose answers end at 6 MB. Everything but the image of a page is a download.
 */
export const evidenceLinks = new Hono<RequestEnv>();

evidenceLinks.get('/mail.eml', async (context) => {
  const request = context.get('request');
  const { requestId } = request;
  if (isQuarantined(request)) return say(context, closed);
  return context.redirect(await mailLink(evidenceKeys.mail(requestId), `${requestId}.eml`));
});

evidenceLinks.get('/replies/:digest{[0-9a-f]{64}}', async (context) => {
  const { requestId } = context.get('request');
  const digest = context.req.param('digest');
  if (await isStopped(digest)) return say(context, closed);
  return context.redirect(
    await mailLink(evidenceKeys.reply(requestId, digest), `${requestId}-reply-${digest.slice(0, 8)}.eml`),
  );
});

evidenceLinks.get('/answers/:delivery{[A-Za-z0-9-]{1,200}}', async (context) => {
  const { requestId } = context.get('request');
  const delivery = context.req.param('delivery');
  return context.redirect(
    await mailLink(evidenceKeys.answer(requestId, delivery), `${requestId}-answer-${delivery}.eml`),
  );
});

evidenceLinks.get('/scans/:scanId/original', async (context) => {
  const request = context.get('request');
  const scan = scanOf(request, context.req.param('scanId'));
  if (!scan || isQuarantined(request) || isProgram(scan)) return context.notFound();
  const key = evidenceKeys.original(request.requestId, scan.scanId);
  return context.redirect(await link(key, { fileName: scan.name, contentType: 'application/octet-stream' }));
});

evidenceLinks.get('/scans/:scanId/pages/:page{[0-9]{1,3}}', async (context) => {
  const request = context.get('request');
  const scan = scanOf(request, context.req.param('scanId'));
  const page = Number(context.req.param('page'));
  if (!scan || isQuarantined(request) || page < 1 || page > scan.pagesRead) return context.notFound();
  const key = evidenceKeys.page(request.requestId, scan.scanId, page);
  // Shorter than the link lasts: the page list and the page itself show the same image.
  context.header('Cache-Control', `private, max-age=${seconds - 30}`);
  return context.redirect(await link(key, { inline: true, seconds }));
});

const seconds = 300;

const scanOf = ({ scans = [] }: WrittenRequest, scanId: string): Scan | undefined =>
  scans.find((scan) => scan.scanId === scanId);

const closed = {
  status: 403,
  title: 'This mail is closed',
  sentence: 'It did not pass the virus scan, so nobody opens or downloads it here.',
} as const;

const mailLink = (key: string, fileName: string): Promise<string> =>
  link(key, { fileName, contentType: 'application/octet-stream' });

const link = (key: string, options: Partial<Parameters<typeof linkTo>[1]>): Promise<string> =>
  linkTo({ bucket: env('evidenceBucket'), key }, { seconds: 60, ...options });
