import { variables } from '../../shared/env.ts';
import { holidays } from '../holidays.ts';
import type { Stage } from '../stage.ts';
import type { Keys } from './keys.ts';
import type { Records } from './records.ts';

/** What the functions that work on requests are made from. */
export interface SharedProps {
  stage: Stage;
  /** The folder that bundleFunctions filled. */
  bundles: string;
  records: Records;
  keys: Keys;
  /** Address of the HTTP API, without a trailing slash. */
  publicUrl: string;
}

/** Environment of every function that works on requests: names, addresses, evidence, deadlines. */
export function requestSettings({ stage, records, publicUrl }: SharedProps): Record<string, string> {
  return {
    [variables.mailDomain]: stage.mailDomain,
    [variables.sender]: `"${stage.sender.name}" <${stage.sender.address}>`,
    [variables.siteName]: stage.site.name,
    [variables.siteUrl]: stage.site.url,
    [variables.publicUrl]: publicUrl,
    [variables.evidenceBucket]: records.evidence.bucketName,
    [variables.requestRetentionMonths]: `${stage.retention.requestMonths}`,
    [variables.automaticRetentionDays]: `${stage.retention.automaticDays}`,
    [variables.deadlineDays]: `${stage.deadlineDays}`,
    [variables.holidays]: holidays(stage.country).join(' ') || 'none',
  };
}
