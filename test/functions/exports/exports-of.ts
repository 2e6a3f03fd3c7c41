import { GetObjectCommand } from '@aws-sdk/client-s3';
import { vi } from 'vitest';
import { forgetClients } from '../../../shared/aws.ts';
import type { Export } from '../../../shared/exports/export.ts';
import { startExport } from '../../../shared/exports/start.ts';
import { exportKeys, readExport } from '../../../shared/exports/store.ts';
import { type LocalStack, until } from '../../local-stack.ts';

/** Starts exports on a stack as the desk does, with the rights of its operator. Call `stop` at the end. */
export function exportsOf(stack: LocalStack) {
  vi.stubEnv('AWS_ENDPOINT_URL', stack.addresses.aws);
  vi.stubEnv('AWS_REGION', stack.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', stack.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', stack.credentials.secretAccessKey);
  vi.stubEnv('EXPORTS_BUCKET', stack.outputs.ExportsBucket);
  vi.stubEnv('EXPORTS_QUEUE_URL', stack.outputs.ExportsQueueUrl);
  forgetClients();
  const settled = (exportId: string): Promise<Export> =>
    until(async () => {
      const job = await readExport(exportId);
      return job && ['done', 'failed'].includes(job.state) ? job : undefined;
    });
  return {
    settled,
    start: (subject: string) => startExport({ kind: 'dossier', subject, by: { id: 's1', name: 'Rita Reviewer' } }),
    file: async (exportId: string): Promise<Buffer> => {
      const Key = exportKeys.file(exportId);
      const { Body } = await stack.s3.send(new GetObjectCommand({ Bucket: stack.outputs.ExportsBucket, Key }));
      return Buffer.from(await Body!.transformToByteArray());
    },
    stop() {
      vi.unstubAllEnvs();
      forgetClients();
    },
  };
}
