import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '../aws.ts';
import { now } from '../clock.ts';
import { env } from '../env.ts';
import { errorName } from '../errors.ts';
import { type Export, type ExportFile, isExportId } from './export.ts';

/** Where the parts of an export lie in their bucket. */
export const exportKeys = {
  job: (exportId: string) => `jobs/${exportId}.json`,
  file: (exportId: string) => `files/${exportId}`,
};

/** Undefined for one that never was, or is gone after its seven days. */
export async function readExport(exportId: string): Promise<Export | undefined> {
  if (!isExportId(exportId)) return undefined;
  const { job: key } = exportKeys;
  const found = await orNothing(s3().send(new GetObjectCommand({ Bucket: bucket(), Key: key(exportId) })));
  return found && JSON.parse(await found.Body!.transformToString());
}

/** Writes the job as it stands now. Only the function that makes the file calls it once the job is queued. */
export async function keepExport(job: Export): Promise<Export> {
  const kept = { ...job, updatedAt: now() };
  await s3().send(
    new PutObjectCommand({
      Bucket: bucket(),
      Key: exportKeys.job(job.exportId),
      Body: JSON.stringify(kept),
      ContentType: 'application/json',
    }),
  );
  return kept;
}

/** The newest exports of everybody, newest first: ids are made so that S3's own order is that. */
export async function recentExports(most = 20): Promise<Export[]> {
  const { Contents = [] } = await s3().send(
    new ListObjectsV2Command({ Bucket: bucket(), Prefix: 'jobs/', MaxKeys: most }),
  );
  const ids = Contents.map(({ Key = '' }) => Key.slice('jobs/'.length, -'.json'.length));
  return (await Promise.all(ids.map(readExport))).filter((job) => job !== undefined);
}

/** The file that was made for an export before, if one was. */
export async function findFile(exportId: string): Promise<ExportFile | undefined> {
  const found = await orNothing(s3().send(new HeadObjectCommand({ Bucket: bucket(), Key: exportKeys.file(exportId) })));
  if (!found) return undefined;
  const { name = '', sha256 = '' } = found.Metadata ?? {};
  return { name, sha256, contentType: found.ContentType ?? '', bytes: found.ContentLength ?? 0 };
}

const bucket = (): string => env('exportsBucket');

/** HEAD has no body to name an error in, so S3's bare 404 comes as NotFound. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (['NoSuchKey', 'NotFound'].includes(errorName(error))) return undefined;
    throw error;
  }
}
