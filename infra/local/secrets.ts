import { randomInt, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsRequest, AwsService } from './gateway.ts';
import type { SecretPlan } from './plan.ts';

interface Stored {
  value: string;
  version: string;
  /** Milliseconds since 1970. */
  created: number;
}

/**
 * Secrets Manager with the one call that functions make, GetSecretValue (JSON protocol 1.1). A value is generated once,
 * as the template says, and kept in the folder, so that links in yesterday's mail still work.
 */
export function openSecrets({ dir, secrets }: { dir: string; secrets: SecretPlan[] }): AwsService {
  mkdirSync(dir, { recursive: true });
  const stored = new Map(
    secrets.map((secret) => [secret.arn, readOrGenerate(join(dir, `${secret.name}.json`), secret)]),
  );
  const find = ({ body }: AwsRequest) => {
    const { SecretId = '' } = JSON.parse(body?.toString() || '{}') as { SecretId?: string };
    return { id: SecretId, secret: secrets.find(({ arn, name }) => SecretId === arn || SecretId === name) };
  };
  return {
    needs(request) {
      const { id, secret } = find(request);
      return [{ action: actionOf(request), resource: secret?.arn ?? id }];
    },
    async handle(request, response) {
      const { secret } = find(request);
      const [status, answer] = answerTo(actionOf(request), secret, stored.get(secret?.arn ?? ''));
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    },
  };
}

/** `secretsmanager.GetSecretValue` in X-Amz-Target. */
const actionOf = ({ message }: AwsRequest) => String(message.headers['x-amz-target'] ?? '').replace('.', ':');

function answerTo(action: string, secret?: SecretPlan, stored?: Stored): [number, object] {
  if (action !== 'secretsmanager:GetSecretValue') {
    const message = `The local Secrets Manager does not know ${action}, only GetSecretValue: do without, or add it.`;
    return [400, { __type: 'UnknownOperationException', message }];
  }
  if (!secret || !stored) {
    const message = "Secrets Manager can't find the specified secret.";
    return [400, { __type: 'ResourceNotFoundException', message }];
  }
  const { value, version, created } = stored;
  const stages = { VersionId: version, VersionStages: ['AWSCURRENT'], CreatedDate: created / 1000 };
  return [200, { ARN: secret.arn, Name: secret.name, SecretString: value, ...stages }];
}

function readOrGenerate(file: string, { generate }: SecretPlan): Stored {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Stored;
  const password = generatePassword(generate);
  const { template, key } = generate;
  const value = template && key ? JSON.stringify({ ...JSON.parse(template), [key]: password }) : password;
  const stored = { value, version: randomUUID(), created: Date.now() };
  writeFileSync(`${file}.new`, JSON.stringify(stored), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return stored;
}

/** As GetRandomPassword: all printable ASCII, and at least one character of each kind. */
function generatePassword({ length, excludePunctuation }: SecretPlan['generate']): string {
  const kinds = ['abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '0123456789'];
  if (!excludePunctuation) kinds.push('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');
  const characters = kinds.join('');
  for (;;) {
    const password = Array.from({ length }, () => characters[randomInt(characters.length)]);
    if (kinds.every((kind) => password.some((character) => kind.includes(character!)))) return password.join('');
  }
}
