import type { Export, ExportKind } from '../../shared/exports/export.ts';
import { makeClearanceCsv } from './clearance-csv/clearance-csv.ts';
import { makeDoNotUse } from './do-not-use/do-not-use.ts';
import { makeDossier } from './dossier/dossier.ts';
import { makeNoticeProof } from './notice-proof/notice-proof.ts';
import { makeSuppression } from './suppression/suppression.ts';

/** Steps done, of how many. */
export type Progress = (done: number, total: number) => Promise<void>;

export interface MadeFile {
  path: string;
  /** Name that the browser saves it under: ASCII. */
  name: string;
  contentType: string;
  /** What is to be said of it, in a sentence. */
  said?: string;
}

/** Makes the file of an export in a folder of its own. Throws InvalidInput, a sentence, where that can never be. */
export type Maker = (job: Export, folder: string, progress: Progress) => Promise<MadeFile>;

export const makers: Record<ExportKind, Maker> = {
  'clearance-csv': makeClearanceCsv,
  'do-not-use': makeDoNotUse,
  dossier: makeDossier,
  'notice-proof': makeNoticeProof,
  suppression: makeSuppression,
};
