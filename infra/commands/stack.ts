import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forgetClients } from '../../shared/aws.ts';
import { variables } from '../../shared/env.ts';

/** What a running local stack says of itself in `stack.json` of its data folder. */
export interface Stack {
  pid: number;
  /** The AWS endpoint. */
  aws: string;
  http: string;
  smtp: string;
  region: string;
  /** The operator's key: all rights. */
  accessKeyId: string;
  secretAccessKey: string;
  /** With what a program gets tokens for the HTTP API. */
  machine?: { clientId: string; clientSecret: string; tokenUrl: string };
  /** CloudFormation outputs: MembersTable, IntakeBucket … */
  outputs: Record<string, string>;
}

/** The stack that runs on a data folder. Throws a sentence with the mend when none does. */
export function runningStack(dataDir = process.env.DATA_DIR || '.data'): Stack {
  const stack = readStackFile(dataDir);
  if (stack && isAlive(stack.pid)) return stack;
  const also = process.env.DATA_DIR ? '' : ', or set DATA_DIR to the data folder of the one that runs';
  throw new Error(`No stack runs on ${dataDir}: start one with "npm start"${also}.`);
}

/**
 * Makes this process the operator of a stack: the clients of shared/aws.ts talk to it, and shared/ finds its tables.
 * For commands, which are processes of their own: it sets environment variables.
 */
export function connect(stack = runningStack()): Stack {
  const { outputs } = stack;
  const settings = {
    AWS_ENDPOINT_URL: stack.aws,
    AWS_REGION: stack.region,
    AWS_ACCESS_KEY_ID: stack.accessKeyId,
    AWS_SECRET_ACCESS_KEY: stack.secretAccessKey,
    [variables.membersTable]: outputs.MembersTable,
    [variables.optOutsTable]: outputs.OptOutsTable,
    [variables.requestsTable]: outputs.RequestsTable,
    [variables.deliveriesTable]: outputs.DeliveriesTable,
    [variables.campaignsTable]: outputs.CampaignsTable,
    [variables.recallsTable]: outputs.RecallsTable,
    [variables.evidenceBucket]: outputs.EvidenceBucket,
    [variables.answersQueueUrl]: outputs.AnswersQueueUrl,
    [variables.mailDomain]: outputs.MailDomain,
    [variables.publicUrl]: outputs.PublicUrl,
    [variables.requestRetentionMonths]: outputs.RequestRetentionMonths,
  };
  for (const [name, value] of Object.entries(settings)) if (value !== undefined) process.env[name] = value;
  // A session of the developer's own, or a profile, would be sent along with the operator's key.
  for (const name of ['AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_ENDPOINT_URL_S3']) delete process.env[name];
  forgetClients();
  return stack;
}

function readStackFile(dataDir: string): Stack | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'stack.json'), 'utf8')) as Stack;
  } catch {
    return undefined;
  }
}

/** A stack that was killed leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
