import { variables } from '../../shared/env.ts';
import type { Stage } from '../stage.ts';
import type { Keys } from './keys.ts';
import type { Records } from './records.ts';

/** What the functions that handle mail are made from. */
export interface SharedProps {
  stage: Stage;
  /** The folder that bundleFunctions filled. */
  bundles: string;
  records: Records;
  keys: Keys;
  /** Address of the HTTP API, without a trailing slash. */
  publicUrl: string;
}

/** Environment of every function that reads or writes mail: names, addresses, evidence, keys. */
export function mailSettings({ stage, records, keys, publicUrl }: SharedProps): Record<string, string> {
  return {
    [variables.mailDomain]: stage.mailDomain,
    [variables.sender]: `"${stage.sender.name}" <${stage.sender.address}>`,
    [variables.siteName]: stage.site.name,
    [variables.siteUrl]: stage.site.url,
    [variables.publicUrl]: publicUrl,
    [variables.tokenKeysSecret]: keys.tokens.secretArn,
    [variables.evidenceBucket]: records.evidence.bucketName,
    [variables.requestRetentionMonths]: `${stage.retention.requestMonths}`,
    [variables.automaticRetentionDays]: `${stage.retention.automaticDays}`,
  };
}
