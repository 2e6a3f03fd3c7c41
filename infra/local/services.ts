import { openChanges } from './changes.ts';
import type { DataFolder } from './data-folder.ts';
import { openDynamoDb } from './dynamodb.ts';
import type { PublishEvent } from './event-publishing.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { openIam, type Principal } from './iam.ts';
import type { Plan } from './plan.ts';
import { checkTrust } from './roles.ts';
import { openS3 } from './s3.ts';
import { openSecrets } from './secrets.ts';
import type { Quota } from './sending-quota.ts';
import { openSes } from './ses.ts';
import { openSns } from './sns.ts';
import { openSqs } from './sqs.ts';
import type { Trace } from './trace.ts';

/** What has to be undone when the stack stops, in reverse order. */
export type OnStop = (step: () => unknown) => void;

export type Services = Awaited<ReturnType<typeof openServices>>;

export interface ServiceParts {
  plan: Plan;
  folder: DataFolder;
  principals: Map<string, Principal>;
  /** The secret of an access key. */
  secretOf(accessKeyId: string): string | undefined;
  trace: Trace;
  quota?: Quota;
}

/** The AWS services of the plan, each in its own part of the data folder, and the gateway in front of them. */
export async function openServices(parts: ServiceParts, onStop: OnStop) {
  const { plan, folder, principals, secretOf, trace, quota } = parts;
  const { region, accountId, topics } = plan;
  const authorize = openIam(plan);
  checkTrust(plan.functions, authorize);
  const dynamodb = await openDynamoDb({ dir: folder.path('dynamodb'), tables: plan.tables });
  onStop(dynamodb.close);
  const sqs = openSqs({ dir: folder.path('sqs'), queues: plan.queues });
  onStop(sqs.close);
  const callers = new Map([...principals.values()].map((principal) => [principal.caller, principal]));
  const s3 = openS3({
    dir: folder.path('s3'),
    buckets: plan.buckets,
    region,
    secretOf,
    notify(queueArn, bucketArn, message) {
      const context = { 'aws:SourceArn': bucketArn, 'aws:SourceAccount': accountId };
      const need = { action: 'sqs:SendMessage', resource: queueArn, context };
      return gateway.perform(asService('s3.amazonaws.com'), 'sqs', need, () => sqs.send(queueArn, message));
    },
    mayList: (caller, resource) =>
      callers.has(caller) && authorize({ principal: callers.get(caller)!, action: 's3:ListBucket', resource }).allowed,
  });
  onStop(s3.close);
  const secretsmanager = readable(folder.path('secrets'), (dir) => openSecrets({ dir, secrets: plan.secrets }));
  const publish: PublishEvent = (topicArn, setArn, message) => {
    const context = { 'aws:SourceArn': setArn, 'aws:SourceAccount': accountId };
    const need = { action: 'sns:Publish', resource: topicArn, context };
    return gateway.perform(asService('ses.amazonaws.com'), 'sns', need, () => sns.publish(topicArn, message));
  };
  const ses = readable(folder.path('ses'), (dir) => openSes({ ...plan, dir, trace, publish, quota }));
  onStop(() => ses.settled().then(ses.close));
  const changes = openChanges(plan.tables);
  const services = { dynamodb: changes.watch(dynamodb), sqs, s3, secretsmanager, ses };
  const gateway: Gateway = openGateway({ services, principals, authorize, trace });
  const sns = openSns({ topics, sqs, gateway });
  return { sqs, s3, ses, sns, gateway, changes };
}

export function asService(service: string): Principal {
  return { caller: service, service, statements: [] };
}

/** What cannot be read back is the same for every service: a sentence with the mend. */
function readable<T>(dir: string, open: (dir: string) => T): T {
  try {
    return open(dir);
  } catch (error) {
    const mend = 'move the data folder away and start with an empty one';
    throw new Error(`${dir} is damaged (${(error as Error).message}): ${mend}.`);
  }
}
