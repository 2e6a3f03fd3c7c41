import { buffer } from 'node:stream/consumers';
import { now } from '../../shared/clock.ts';
import { evidenceKeys, keep, listEvidence, openEvidence } from '../../shared/evidence/store.ts';
import { eachAttachment } from '../../shared/mail/attachments.ts';
import { keptUntil } from '../../shared/requests/apply.ts';
import type { Scan, WrittenRequest } from '../../shared/requests/request.ts';
import { isDone, waiting } from './progress.ts';

/**
 * Takes the scans that came by mail out of it, and keeps each as evidence of its own. Files that came by themselves are
 * there already. One mail is read once, and one attachment at a time is in memory.
 */
export async function keepOriginals(request: WrittenRequest): Promise<void> {
  const untouched = waiting(request).filter((scan) => scan.type === undefined && !isDone(scan));
  const there = untouched.length > 0 ? await listEvidence(`requests/${request.requestId}/scans/`) : new Set();
  const missing = untouched.filter(({ scanId }) => !there.has(evidenceKeys.original(request.requestId, scanId)));
  const byMail = Map.groupBy(missing.filter(isAttachment), ({ from }) => from.reply);
  for (const [reply, scans] of byMail) await takeOut(request, reply, scans);
}

type Attached = Scan & { from: { attachment: number; reply?: string } };

const isAttachment = (scan: Scan): scan is Attached => scan.from !== undefined && 'attachment' in scan.from;

async function takeOut(request: WrittenRequest, reply: string | undefined, scans: Attached[]): Promise<void> {
  const { requestId } = request;
  const mail = reply ? evidenceKeys.reply(requestId, reply) : evidenceKeys.mail(requestId);
  const byPlace = new Map(scans.map((scan) => [scan.from.attachment, scan]));
  const until = keptUntil(request, now());
  const { body } = await openEvidence(mail);
  await eachAttachment(
    body,
    (place) => byPlace.has(place),
    (place, bytes) => {
      const key = evidenceKeys.original(requestId, byPlace.get(place)!.scanId);
      return keep(key, bytes, 'application/octet-stream', until);
    },
  );
}

/** The bytes of a scan, or a sentence why they are not to be had. */
export async function readOriginal(
  { requestId }: WrittenRequest,
  { scanId }: Scan,
): Promise<{ bytes: Buffer } | { problem: string }> {
  const key = evidenceKeys.original(requestId, scanId);
  if (!(await listEvidence(key)).has(key))
    return { problem: 'It could not be taken out of the mail, which is damaged or too long: look at the mail itself.' };
  const { body, bytes } = await openEvidence(key);
  if (bytes > mostBytes) {
    body.destroy();
    return {
      problem: `It has ${Math.ceil(bytes / 2 ** 20)} MB, and at most 40 MB are read: scan it with less detail.`,
    };
  }
  return { bytes: await buffer(body) };
}

const mostBytes = 40 * 2 ** 20;
