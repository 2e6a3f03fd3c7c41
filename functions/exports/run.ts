import { InvalidInput } from '../../shared/errors.ts';
import type { Export, ExportFile } from '../../shared/exports/export.ts';
import { findFile, keepExport, readExport } from '../../shared/exports/store.ts';
import { log } from '../../shared/log.ts';
import { makers, type Progress } from './makers.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { upload } from './upload.ts';

/**
 * Makes the file of an export and writes how it went into the job. A message that comes again finds the file that is
 * there and makes no second one; where two make it at once, the first stands.
 */
export async function runExport(exportId: string): Promise<void> {
  const job = await readExport(exportId);
  if (!job) throw new InvalidInput(`there is no export ${exportId}: it was started more than a week ago`);
  if (job.state === 'done' || job.final) return log.info('export is settled already', { exportId, state: job.state });
  try {
    const found = await findFile(exportId);
    const { file, said }: Made = found ? { file: found } : await make(job);
    await keepExport({ ...job, state: 'done', file, said });
    log.info('export made', { exportId, kind: job.kind, subject: job.subject, by: job.by.id, bytes: file.bytes });
  } catch (error) {
    await giveUp(job, error);
  }
}

interface Made {
  file: ExportFile;
  said?: string;
}

const make = (job: Export): Promise<Made> =>
  inScratchFolder(async (folder) => {
    const { path, name, contentType, said } = await makers[job.kind](job, folder, reporter(job));
    return { file: await upload(job.exportId, path, { name, contentType }), said };
  });

/** At most one write a second, however small the steps are. */
function reporter(job: Export): Progress {
  let written = 0;
  return async (done, total) => {
    if (Date.now() - written < 1000) return;
    written = Date.now();
    await keepExport({ ...job, state: 'running', done, total });
  };
}

/** What would fail again is said and done with. Anything else is said too, and the message comes back. */
async function giveUp(job: Export, error: unknown): Promise<void> {
  if (error instanceof InvalidInput) {
    // Its sentence names the file that somebody uploaded, which is theirs to read and no log's.
    log.warn('export refused', { exportId: job.exportId, kind: job.kind, error: error.name });
    await keepExport({ ...job, state: 'failed', final: true, sentence: error.message });
    return;
  }
  const sentence =
    'It could not be finished now, and we have been told. It is tried again by itself within the hour, or start it anew.';
  // Where even this cannot be written, the message coming back is what matters.
  await keepExport({ ...job, state: 'failed', sentence }).catch(() => undefined);
  throw error;
}
