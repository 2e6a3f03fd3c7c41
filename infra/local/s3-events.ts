import { randomUUID } from 'node:crypto';
import type { BucketPlan } from './plan.ts';
import type { Version } from './s3-objects.ts';

/**
 * The messages of one new version, by queue, as S3 posts them (event structure 2.1).
 * Keys are URL-encoded with `+` for a space, as there. `event` is Put, Copy or CompleteMultipartUpload.
 */
export function eventsOf(bucket: BucketPlan, version: Version, event: string, region: string) {
  const name = `ObjectCreated:${event}`;
  const interested = bucket.notifications.filter(
    (rule) =>
      ['s3:ObjectCreated:*', `s3:${name}`].includes(rule.event) &&
      version.key.startsWith(rule.prefix ?? '') &&
      version.key.endsWith(rule.suffix ?? ''),
  );
  if (!interested.length) return [];
  const message = JSON.stringify({ Records: [recordOf(bucket, version, name, region)] });
  return interested.map(({ queueArn }) => ({ queueArn, message }));
}

function recordOf(bucket: BucketPlan, version: Version, eventName: string, awsRegion: string) {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion,
    eventTime: new Date(version.modified).toISOString(),
    eventName,
    userIdentity: { principalId: 'AWS:LOCAL' },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': randomUUID() },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: bucket.logicalId,
      bucket: { name: bucket.name, ownerIdentity: { principalId: 'LOCAL' }, arn: bucket.arn },
      object: {
        key: encodeURIComponent(version.key).replaceAll('%20', '+').replaceAll('%2F', '/'),
        size: version.size,
        eTag: version.etag,
        ...(bucket.versioned && { versionId: version.version }),
        sequencer: version.seq.toString(16).toUpperCase().padStart(18, '0'),
      },
    },
  };
}
