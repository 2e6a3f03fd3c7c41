import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { env } from '../../../shared/env.ts';
import { permitUpload } from '../../../shared/presigned.ts';
import { uploadPrefix } from '../../../shared/requests/take-upload.ts';
import { problem } from '../problem.tsx';
import type { DeskEnv } from '../staff.ts';
import { judge, largest, type Offer } from './offer.ts';
import { isNonce } from './typed.ts';

/**
 * POST: leave to send one file straight to the bucket. Each file gets a key of its own, at random, so nothing that was
 * sent before can be overwritten, not even from a second tab with the same form.
 */
export const permits = new Hono<DeskEnv>();

permits.post('/', async (context) => {
  const asked = readAsked(await context.req.text());
  if (!asked) return refuse('The page asked in a way that is not understood: open it again.');
  const verdict = judge(asked);
  if ('refused' in verdict) return refuse(verdict.refused);
  const key = `${uploadPrefix(asked.nonce)}${randomUUID()}`;
  const { contentType } = verdict;
  const permit = await permitUpload({ bucket: env('scansBucket'), key, contentType, maxBytes: largest, seconds });
  return context.json({ key, ...permit });

  function refuse(sentence: string) {
    return problem(context, { status: 400, title: 'This file cannot be sent', sentence });
  }
});

/** A permit is used at once. S3 asks only when the file begins to come, however long it takes then. */
const seconds = 600;

function readAsked(text: string): (Offer & { nonce: string }) | undefined {
  try {
    const { nonce, name, size, type } = JSON.parse(text);
    const isSize = Number.isSafeInteger(size) && size >= 0;
    const isOffer = isNonce(nonce) && typeof name === 'string' && typeof type === 'string' && isSize;
    return isOffer ? { nonce, name, size, type } : undefined;
  } catch {
    return undefined;
  }
}
