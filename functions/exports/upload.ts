import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '../../shared/aws.ts';
import { env } from '../../shared/env.ts';
import { errorName } from '../../shared/errors.ts';
import type { ExportFile } from '../../shared/exports/export.ts';
import { exportKeys, findFile } from '../../shared/exports/store.ts';

/** Puts a made file into the bucket, or gives back the one that another delivery of the same message made first. */
export async function upload(
  exportId: string,
  path: string,
  about: Pick<ExportFile, 'name' | 'contentType'>,
): Promise<ExportFile> {
  const file = { ...about, bytes: (await stat(path)).size, sha256: await sha256Of(path) };
  try {
    await s3().send(
      new PutObjectCommand({
        Bucket: env('exportsBucket'),
        Key: exportKeys.file(exportId),
        Body: createReadStream(path),
        ContentLength: file.bytes,
        ContentType: file.contentType,
        Metadata: { name: file.name, sha256: file.sha256 },
        IfNoneMatch: '*',
      }),
    );
    return file;
  } catch (error) {
    if (errorName(error) !== 'PreconditionFailed') throw error;
    return (await findFile(exportId))!;
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
