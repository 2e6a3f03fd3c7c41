import type { Kind, PictureNode } from './picture.ts';
import type { Plan } from './plan.ts';

/** Everything in the plan that a mail can pass or a function on its way can use. */
export function nodesOf(plan: Plan): PictureNode[] {
  const deadLetters = deadLettersOf(plan);
  const queues = plan.queues.filter(({ arn }) => !deadLetters.has(arn));
  return [
    { id: 'writer', kind: 'person', service: 'Anyone', name: 'a mail client', arns: [] },
    ...plan.receipt.rules.map((rule): PictureNode => {
      const name = domainsOf(rule.recipients);
      const caller = 'ses.amazonaws.com';
      return { id: `rule-${rule.name}`, kind: 'receiving', service: 'SES receiving', name, arns: [rule.arn], caller };
    }),
    ...plan.buckets.map((bucket) => node('bucket', 'S3 bucket', bucket, plan)),
    ...plan.topics.map((topic) => ({ ...node('topic', 'SNS topic', topic, plan), caller: 'sns.amazonaws.com' })),
    ...queues.map((queue) => node('queue', 'SQS queue', queue, plan)),
    ...plan.queues
      .filter(({ arn }) => deadLetters.has(arn))
      .map((queue) => node('dead-letters', 'SQS dead-letter queue', queue, plan)),
    ...plan.functions.map(({ name, arn }): PictureNode => {
      return { id: `function-${name}`, kind: 'function', service: 'Lambda function', name, arns: [arn], caller: name };
    }),
    ...plan.tables.map((table) => node('table', 'DynamoDB table', table, plan)),
    ...plan.secrets.map((secret) => node('secret', 'Secrets Manager secret', secret, plan)),
    ...plan.identities.map(({ domain, arn }): PictureNode => {
      const arns = [arn, ...plan.configurationSets.map((set) => set.arn).sort()];
      const caller = 'ses.amazonaws.com';
      return { id: `identity-${domain}`, kind: 'sending', service: 'SES sending', name: domain, arns, caller };
    }),
    { id: 'mailbox', kind: 'person', service: 'Whoever wrote', name: 'their mailbox', arns: [] },
  ];
}

/** Dead-letter queues, each with the number of tries after which a message goes there. */
export function deadLettersOf({ queues }: Pick<Plan, 'queues'>): Map<string, { queueArn: string; tries: number }> {
  const redrives = queues.flatMap(({ arn: queueArn, attributes: { RedrivePolicy } }) => {
    if (!RedrivePolicy) return [];
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(RedrivePolicy);
    return [[deadLetterTargetArn as string, { queueArn, tries: Number(maxReceiveCount) }] as const];
  });
  return new Map(redrives);
}

function node(kind: Kind, service: string, { name, arn }: { name: string; arn: string }, plan: Plan): PictureNode {
  const owner = plan.constructFiles[arn]?.replace(/^.*\//, '').replace(/\.ts$/, '') ?? '';
  const id = name.slice(name.indexOf('-') + 1);
  return { id, kind, service, name: readableName(id, owner), arns: [arn] };
}

/** What the construct calls it; a word that says only what it is (`queue`) gets the construct's name before it. */
function readableName(id: string, owner: string): string {
  const own = id.startsWith(`${owner}-`) ? id.slice(owner.length + 1) : id;
  if (own === 'queue' || own === 'topic') return `${owner} ${own}`;
  return own
    .replace(/^queue-(?=dead)/, `${owner} `)
    .replace('-dead-letters', ' dead letters')
    .replace('dead-', 'dead ');
}

function domainsOf(recipients: string[]): string {
  const domains = new Set(recipients.map((recipient) => recipient.split('@').at(-1)));
  return [...domains].sort().join(', ') || 'every verified domain';
}
