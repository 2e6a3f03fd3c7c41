import type { Readable } from 'node:stream';
import { GetObjectCommand, type _Object as Listed, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { s3 } from '../../../shared/aws.ts';
import { env } from '../../../shared/env.ts';
import { InvalidInput } from '../../../shared/errors.ts';
import { requestIds } from '../../../shared/requests/id.ts';
import type { HistoryEntry, WrittenRequest } from '../../../shared/requests/request.ts';
import { readRequest } from '../../../shared/requests/store.ts';
import type { Progress } from '../makers.ts';
import type { Zip } from '../zip.ts';
import type { DossierFile } from './dossier.ts';
import { nameOf } from './names.ts';

export interface PackedEvidence {
  files: DossierFile[];
  /** The history as the evidence tells it. */
  steps: HistoryEntry[];
}

/** Packs every object of the request in the order of its key, one after the other. */
export async function packEvidence(
  zip: Zip,
  request: WrittenRequest,
  unique: (path: string) => string,
  progress: Progress,
): Promise<PackedEvidence> {
  const objects = await list(`requests/${request.requestId}/`);
  const packed: PackedEvidence = { files: [], steps: [] };
  for (const [done, object] of objects.entries()) {
    await progress(done, objects.length);
    await pack(zip, object, request, unique, packed);
  }
  return packed;
}

async function list(prefix: string): Promise<Listed[]> {
  const objects: Listed[] = [];
  for await (const page of paginateListObjectsV2({ client: s3() }, { Bucket: env('evidenceBucket'), Prefix: prefix }))
    objects.push(...(page.Contents ?? []));
  const bytes = objects.reduce((sum, { Size = 0 }) => sum + Size, 0);
  if (bytes > mostBytes) {
    throw new InvalidInput(
      `The evidence has ${(bytes / 1e9).toFixed(1)} GB, more than fits into one dossier (${mostBytes / 1e9} GB). ` +
        `An engineer can fetch it from the evidence bucket, under ${prefix}.`,
    );
  }
  return objects;
}

/** Less than the function's room under /tmp. */
const mostBytes = 2.5e9;

async function pack(
  zip: Zip,
  { Key = '', Size = 0 }: Listed,
  request: WrittenRequest,
  unique: (path: string) => string,
  { files, steps }: PackedEvidence,
): Promise<void> {
  const object = await s3().send(new GetObjectCommand({ Bucket: env('evidenceBucket'), Key }));
  const storedAt = (object.LastModified ?? new Date(0)).toISOString();
  const relative = Key.slice(`requests/${request.requestId}/`.length);
  const { path, ...named } = nameOf(relative, object.ContentType ?? '', request, await isStopped(relative));
  const isStep = relative.startsWith('history/') && Size < mostOfAStep;
  const content = isStep ? await object.Body!.transformToByteArray() : (object.Body as Readable);
  files.push({ ...(await zip.add(unique(`evidence/${path}`), content, storedAt)), ...named, storedAt });
  if (!(content instanceof Uint8Array)) return;
  const step = readStep(content);
  if (step) steps.push(step);
}

/**
 * Whether it is a reply that the virus scan did not pass: it is attached like any other, and is a quarantined request
 * besides, whose id is made of the same bytes.
 */
async function isStopped(relative: string): Promise<boolean> {
  const [, digest] = /^replies\/([0-9a-f]{64})\.eml$/.exec(relative) ?? [];
  const own = digest && (await readRequest(requestIds(digest)[0]!));
  return own ? own.hash === digest && own.decision.state === 'quarantined' : false;
}

/** An entry holds 2,000 characters of a person's words at most. */
const mostOfAStep = 64 * 1024;

/** Undefined for what is no history entry: then it is in the dossier all the same. */
function readStep(content: Uint8Array): HistoryEntry | undefined {
  try {
    const { requestId: _, ...entry } = JSON.parse(Buffer.from(content).toString());
    return typeof entry.number === 'number' && typeof entry.at === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}
