import { expect, test } from 'vitest';
import { drawPath, type Picture } from '../../../infra/local/picture.ts';
import type { Plan } from '../../../infra/local/plan.ts';
import { planTemplate, type Template } from '../../../infra/local/template.ts';
import { templateOf } from '../stage-template.ts';

const { template } = templateOf('local') as unknown as { template: Template };
const nowhere = { aws: 'http://127.0.0.1', http: 'http://127.0.0.1' };
const planOf = (changed: Template): Plan => planTemplate(changed, '/nowhere', nowhere);
const copy = (): Template => structuredClone(template);

test('the path leads from a mail client through SES, S3, SNS, SQS and Lambda to a mailbox, and on to what became of it', () => {
  expect(stationsOf(drawPath(planOf(template)))).toEqual([
    'Anyone: a mail client',
    'SES receiving: inwriting.example',
    'S3 bucket: raw-mail',
    'SNS topic: receiving topic',
    'SQS queue: inbound-mail queue',
    'Lambda function: inbound-mail',
    'SQS queue: answers',
    'Lambda function: mail-sender',
    'SES sending: inwriting.example',
    'Whoever wrote: their mailbox',
    'SNS topic: delivery-feedback topic',
    'SQS queue: delivery-feedback queue',
    'Lambda function: delivery-feedback',
    'SQS queue: scan-intake queue',
    'Lambda function: scan-intake',
    'S3 bucket: scans',
  ]);
});

test('a function uses what its policies name, and in the way that they allow', () => {
  const uses = usedBy(drawPath(planOf(template)), 'inbound-mail');
  expect(uses).toMatchObject({ members: 'reads', 'opt-outs': 'reads and writes', evidence: 'writes' });
  expect(uses).not.toHaveProperty('deliveries');
});

test('a grant that is taken away takes its line away', () => {
  const changed = copy();
  for (const { Type, Properties } of Object.values(changed.Resources)) {
    if (Type !== 'AWS::IAM::Policy') continue;
    const { PolicyDocument } = Properties as { PolicyDocument: { Statement: { Action: string | string[] }[] } };
    PolicyDocument.Statement = PolicyDocument.Statement.filter(
      ({ Action }) => ![Action].flat().includes('s3:GetObject'),
    );
  }
  expect(usedBy(drawPath(planOf(changed)), 'inbound-mail')).not.toHaveProperty('raw-mail');
});

test('a dead-letter queue hangs on its queue, with the number of tries', () => {
  const uses = usedBy(drawPath(planOf(template)), 'inbound-mail queue');
  expect(uses['inbound-mail dead letters']).toMatch(/^after \d+ tries$/);
});

test('what no mail reaches is not in the picture', () => {
  const names = drawPath(planOf(template)).nodes.map(({ name }) => name);
  for (const elsewhere of ['directory-sync', 'intake', 'public-site', 'deadlines'])
    expect(names).not.toContain(elsewhere);
});

test('the picture does not depend on the order of the template', () => {
  const reversed = { ...copy(), Resources: Object.fromEntries(Object.entries(template.Resources).reverse()) };
  expect(drawPath(planOf(reversed))).toEqual(drawPath(planOf(template)));
});

test('a queue that feeds its own function is drawn once, and ends', () => {
  const plan = planOf(template);
  const { arn } = plan.queues.find(({ name }) => name.endsWith('inbound-mail-queue'))!;
  const loop = {
    ...plan.functions[0]!.statements[0]!,
    effect: 'Allow' as const,
    actions: ['sqs:SendMessage'],
    resources: [arn],
  };
  plan.functions.find(({ name }) => name === 'inbound-mail')!.statements.push(loop);
  expect(stationsOf(drawPath(plan))).toHaveLength(16);
});

function stationsOf({ nodes, edges }: Picture): string[] {
  const onward = edges.filter((edge) => edge.onward);
  const stations = nodes.filter(({ id }) => onward.some(({ from, to }) => from === id || to === id));
  return stations.map(({ service, name }) => `${service}: ${name}`);
}

/** What the node of that name uses, by name, with the verb. */
function usedBy({ nodes, edges }: Picture, name: string): Record<string, string> {
  const { id } = nodes.find((node) => node.name === name)!;
  const used = edges.filter(({ from, onward }) => from === id && !onward);
  return Object.fromEntries(used.map(({ to, verb }) => [nodes.find((node) => node.id === to)!.name, verb]));
}
