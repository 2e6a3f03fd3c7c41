import { expect, test } from 'vitest';
import { pathOf, resourcesOf, templateOf } from './stage-template.ts';

const { template } = templateOf('local');
const buckets = Object.fromEntries(
  resourcesOf(template, 'AWS::S3::Bucket').map(([id, bucket]) => [pathOf(template, id), bucket]),
);
const evidence = buckets['records/evidence']!;
const intake = buckets['directory-sync/intake']!;

test('every bucket is encrypted by S3, versioned, never public, and outlives the stack', () => {
  expect(Object.keys(buckets)).toEqual([
    'records/evidence',
    'receiving/raw-mail',
    'scan-intake/scans',
    'directory-sync/intake',
    'exports/bucket',
  ]);
  for (const bucket of Object.values(buckets)) {
    expect(bucket.DeletionPolicy).toBe('Retain');
    const [encryption] = bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(encryption.ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
    expect(bucket.Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(Object.values(bucket.Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
  }
});

test('every bucket refuses connections without TLS', () => {
  const refusing = resourcesOf(template, 'AWS::S3::BucketPolicy').filter(([, policy]) => {
    const [first] = policy.Properties.PolicyDocument.Statement;
    return (
      first.Effect === 'Deny' && first.Action === 's3:*' && first.Condition.Bool['aws:SecureTransport'] === 'false'
    );
  });
  const covered = refusing.map(([, policy]) => pathOf(template, policy.Properties.Bucket.Ref));
  expect(covered.sort()).toEqual(Object.keys(buckets).sort());
});

test('evidence is locked from the moment it is written', () => {
  expect(evidence.Properties.ObjectLockEnabled).toBe(true);
  expect(evidence.Properties.ObjectLockConfiguration.Rule).toEqual({
    DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 },
  });
});

test('evidence does not expire before its longest lock can have ended', () => {
  const [rule] = evidence.Properties.LifecycleConfiguration.Rules;
  expect(rule.ExpirationInDays).toBeGreaterThan(24 * 31 + 365);
});

test('a members file in the intake bucket reaches directory-sync, its results and progress do not', () => {
  const [announced] = intake.Properties.NotificationConfiguration.QueueConfigurations;
  expect(pathOf(template, announced.Queue['Fn::GetAtt'][0])).toBe('directory-sync/queue');
  expect(announced.Filter.S3Key.Rules).toEqual([
    { Name: 'prefix', Value: 'directory/' },
    { Name: 'suffix', Value: '.csv' },
  ]);
  const before = intake.DependsOn!.map((id) => template.Resources[id]!.Type);
  expect(before).toEqual(['AWS::SQS::QueuePolicy']);
});
