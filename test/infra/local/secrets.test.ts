import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AwsService } from '../../../infra/local/gateway.ts';
import type { SecretPlan } from '../../../infra/local/plan.ts';
import { openSecrets } from '../../../infra/local/secrets.ts';
import { serve } from './serve.ts';

const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:inwriting-keys-tokens-local0';

let dir: string;
let secrets: AwsService;
let server: Awaited<ReturnType<typeof serve>>;
let client: SecretsManagerClient;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'secrets-'));
  secrets = open();
  server = await serve(() => secrets);
  client = new SecretsManagerClient(server.client);
});

afterEach(async () => {
  client.destroy();
  await server.close();
  await rm(dir, { recursive: true });
});

test('the generated password stands in the template under its key, and is the same after a restart', async () => {
  const { SecretString, Name, ARN } = await get(arn);
  expect({ Name, ARN }).toEqual({ Name: 'inwriting-keys-tokens', ARN: arn });
  expect(JSON.parse(SecretString ?? '')).toEqual({ current: 'k1', k1: expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
  secrets = open();
  expect((await get('inwriting-keys-tokens')).SecretString).toBe(SecretString);
});

test('only the user who runs the stack can read the file', async () => {
  const [file = ''] = await readdir(dir);
  expect((await stat(join(dir, file))).mode & 0o777).toBe(0o600);
});

test('without a template the secret is the password, with a character of each kind', async () => {
  await rm(dir, { recursive: true });
  secrets = open({ template: undefined, length: 4, excludePunctuation: false });
  expect((await get(arn)).SecretString).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^a-zA-Z0-9]).{4}$/);
});

test('a secret that is not in the template is not found', async () => {
  await expect(get('other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('any other call is refused by name', async () => {
  await expect(client.send(new CreateSecretCommand({ Name: 'x' }))).rejects.toThrow(
    'CreateSecret, only GetSecretValue',
  );
});

test('the call needs the right to that secret', () => {
  const message = { headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' } } as never;
  const body = Buffer.from(JSON.stringify({ SecretId: 'inwriting-keys-tokens' }));
  const needs = secrets.needs({ message, body, url: new URL('http://x'), caller: 'mail-sender' });
  expect(needs).toEqual([{ action: 'secretsmanager:GetSecretValue', resource: arn }]);
});

const get = (SecretId: string) => client.send(new GetSecretValueCommand({ SecretId }));

function open(changes: Partial<SecretPlan['generate']> = {}): AwsService {
  const generate = { template: '{"current":"k1"}', key: 'k1', length: 64, excludePunctuation: true, ...changes };
  return openSecrets({ dir, secrets: [{ logicalId: 'Tokens', name: 'inwriting-keys-tokens', arn, generate }] });
}
