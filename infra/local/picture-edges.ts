import type { PictureEdge, PictureNode } from './picture.ts';
import { deadLettersOf } from './picture-nodes.ts';
import type { FunctionPlan, Plan } from './plan.ts';

/** What leads where: by the wiring of the template, and by what the functions' policies let them do. */
export function edgesOf(plan: Plan, nodes: PictureNode[]): PictureEdge[] {
  const byArn = new Map(nodes.flatMap(({ id, arns }) => arns.map((arn) => [arn, id])));
  const edge = (from: string, to: string | undefined, verb: string, onward = true): PictureEdge[] =>
    to === undefined || !byArn.has(from) || !byArn.has(to)
      ? []
      : [{ from: byArn.get(from)!, to: byArn.get(to)!, verb, onward }];
  const bucketArn = (name: string) => plan.buckets.find((bucket) => bucket.name === name)?.arn;
  const functionArn = (name: string) => plan.functions.find((each) => each.name === name)?.arn ?? '';

  return [
    ...nodes.filter(({ kind }) => kind === 'receiving').map(({ id }) => ends('writer', id, 'writes')),
    ...plan.receipt.rules.flatMap(({ arn, s3 }) => [
      ...edge(arn, bucketArn(s3.bucket), 'stores in'),
      // SES publishes once the object is stored: the mail goes on from the bucket.
      ...edge(bucketArn(s3.bucket) ?? arn, s3.topicArn, 'is announced by'),
    ]),
    ...plan.buckets.flatMap(({ arn, notifications }) =>
      notifications.flatMap(({ queueArn }) => edge(arn, queueArn, 'announces to')),
    ),
    ...plan.topics.flatMap(({ arn, subscriptions }) =>
      subscriptions.flatMap(({ queueArn }) => edge(arn, queueArn, 'delivers to')),
    ),
    ...plan.eventSources.flatMap(({ queueArn, functionName }) => edge(queueArn, functionArn(functionName), 'invokes')),
    ...[...deadLettersOf(plan)].flatMap(([arn, { queueArn, tries }]) =>
      edge(queueArn, arn, `after ${tries} tries`, false),
    ),
    ...plan.functions.flatMap((each) => grantsOf(each, nodes)),
    ...plan.configurationSets.flatMap(({ arn, eventDestinations }) =>
      eventDestinations.flatMap(({ topicArn }) => edge(arn, topicArn, 'reports to')),
    ),
    ...nodes.filter(({ kind }) => kind === 'sending').map(({ id }) => ends(id, 'mailbox', 'delivers to')),
  ];
}

function ends(from: string, to: string, verb: string): PictureEdge {
  return { from, to, verb, onward: true };
}

/** One edge to each node that the function's policies name, if they let it do more than consume a queue. */
function grantsOf({ arn, statements }: FunctionPlan, nodes: PictureNode[]): PictureEdge[] {
  const from = nodes.find(({ arns }) => arns.includes(arn))!.id;
  const allowed = statements.filter(({ effect }) => effect === 'Allow');
  return nodes.flatMap(({ id: to, arns }) => {
    const isHere = (resource: string) => arns.some((own) => resource === own || resource.startsWith(`${own}/`));
    const actions = allowed.filter(({ resources }) => resources.some(isHere)).flatMap((s) => s.actions);
    const verb = verbOf(actions);
    return verb ? [{ from, to, verb, onward: verb.startsWith('sends') }] : [];
  });
}

/** Consuming a queue (receive, delete, attributes) is the event source's edge already. */
function verbOf(actions: string[]): string | undefined {
  const has = (pattern: RegExp) => actions.some((action) => pattern.test(action));
  if (has(/^ses:Send/)) return 'sends through';
  if (has(/^s[qn]s:(SendMessage|Publish)/)) return 'sends to';
  const verbs = [
    ...(has(/^(dynamodb|s3|secretsmanager):(Get|BatchGet|Query|Scan|List)/) ? ['reads'] : []),
    ...(has(/^(dynamodb|s3):(Put|Update|Delete|BatchWrite)/) ? ['writes'] : []),
  ];
  return verbs.join(' and ') || undefined;
}
