import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * The AWS clients, each made on first use: a bundle holds, and a cold start pays for, only those that its function
 * calls (hence the PURE marks, without which no bundler leaves one out). Endpoint, region and credentials come from the environment, so the code is the same on AWS and on a laptop.
 */
export const dynamo = /* @__PURE__ */ lazily(() =>
  DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions: { removeUndefinedValues: true } }),
);
export const s3 = /* @__PURE__ */ lazily(() => new S3Client());
export const sqs = /* @__PURE__ */ lazily(() => new SQSClient());
/**
 * SES has no idempotency token, so a retry by the client could send twice: mail-sender retries, and keeps count. A call
 * that hangs ends before the function does, with all that it has under way beside it.
 */
export const ses = /* @__PURE__ */ lazily(
  () => new SESClient({ maxAttempts: 1, requestHandler: { ...patience, throwOnRequestTimeout: true } }),
);
const patience = { connectionTimeout: 2_000, requestTimeout: 5_000 };
export const secrets = /* @__PURE__ */ lazily(() => new SecretsManagerClient());

/** Forgets the clients, for a process that moves to another endpoint (tests with more than one stack). */
export const forgetClients = (): void => {
  generation += 1;
};

let generation = 0;

function lazily<Client>(make: () => Client): () => Client {
  let made: { client: Client; generation: number } | undefined;
  return () => {
    if (made?.generation !== generation) made = { client: make(), generation };
    return made.client;
  };
}
