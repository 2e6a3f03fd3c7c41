import { Alarm, type AlarmProps, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { HandlerFunction } from './handler-function.ts';
import type { Every } from './schedule.ts';
import type { WorkQueue } from './work-queue.ts';

/** A function, the queue that feeds it, and what its failure means for people. */
export interface Watched {
  handler: HandlerFunction;
  queue?: WorkQueue;
  /** Further ones, by name. */
  otherQueues?: Record<string, WorkQueue>;
  runsEvery?: Every;
  whenItFails: string;
}

export interface AlarmsProps {
  stage: Stage;
  watched: Watched[];
}

/** One alarm for each function that fails, each that the clock has not run, and each dead letter that waits. */
export class Alarms extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, { stage, watched }: AlarmsProps) {
    super(scope, 'alarms');
    this.topic = alarmTopic(this, stage);
    for (const one of watched) {
      this.watchErrors(one);
      if (one.queue) this.watchDeadLetters(one, one.queue, '');
      for (const [name, queue] of Object.entries(one.otherQueues ?? {})) this.watchDeadLetters(one, queue, `${name}-`);
      if (one.runsEvery) this.watchRuns(one, one.runsEvery);
    }
  }

  private watchErrors({ handler: { name, lambda }, queue, runsEvery, whenItFails }: Watched): void {
    const sentences = [
      `${name} failed or timed out in the last five minutes. ${whenItFails}`,
      `Look: lines with level ERROR in the log group of ${name}.`,
      queue
        ? 'Do: its messages come back by themselves for over an hour; if the alarm stays, mend the cause.'
        : runsEvery
          ? `Do: it runs again within the ${runsEvery} and makes up for it; if the alarm stays, mend the cause.`
          : 'Do: nothing tries again by itself, so mend the cause.',
      runbook(name),
    ];
    this.alarm(`${name}-errors`, sentences, lambda.metricErrors({ period }));
  }

  private watchDeadLetters({ handler: { name }, whenItFails }: Watched, { deadLetters }: WorkQueue, of: string): void {
    const sentences = [
      `Messages for ${name} failed for over an hour and wait in its dead-letter queue. ${whenItFails}`,
      `Look: read one in the SQS console, and find its id in the log group of ${name}.`,
      'Do: mend the cause, then start a DLQ redrive within 14 days. Work that is done already is not done twice.',
      runbook(name),
    ];
    const metric = deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' });
    this.alarm(`${name}-${of}dead-letters`, sentences, metric);
  }

  /** A schedule that is gone, switched off or refused makes no error: only the runs are missing. */
  private watchRuns({ handler: { name, lambda }, whenItFails }: Watched, every: Every): void {
    const { run, words } = missing[every];
    const sentences = [
      `${name} has not run for ${words}. ${whenItFails}`,
      `Look: the schedule of ${name} and its role, in the console of EventBridge Scheduler.`,
      'Do: switch the schedule on, or deploy again. The next run makes up for those that are missing.',
      runbook(name),
    ];
    this.alarm(`${name}-runs`, sentences, lambda.metricInvocations({ period: run }), {
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  private alarm(id: string, sentences: string[], metric: IMetric, options: Partial<AlarmProps> = {}): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: sentences.join(' '),
      metric,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...options,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

const period = Duration.minutes(5);

/** Three of these periods without a run are told. */
const missing: Record<Every, { run: Duration; words: string }> = {
  hour: { run: Duration.hours(1), words: 'three hours' },
  minute: { run: Duration.minutes(5), words: 'a quarter of an hour' },
};

function runbook(name: string): string {
  return `Runbook: README.md#runbook-${name}`;
}

function alarmTopic(scope: Construct, { alarmAddress }: Stage): Topic {
  const topic = new Topic(scope, 'topic', { enforceSSL: true });
  // The statement that enforces TLS replaces the default policy, under which CloudWatch might publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  if (alarmAddress) topic.addSubscription(new EmailSubscription(alarmAddress));
  return topic;
}
