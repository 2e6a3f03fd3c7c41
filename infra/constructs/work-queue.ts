import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** How long a message keeps coming back before it is a dead letter: longer than an hour's outage of SES. */
const patience = Duration.minutes(90);
const retention = Duration.days(14);

/** The one way to make a queue: encrypted, TLS only, with a dead-letter queue, timed for the function that reads it. */
export class WorkQueue extends Queue {
  readonly deadLetters: Queue;
  /** How often a message comes before it is a dead letter. */
  readonly receives: number;

  /** @param timeout of the consuming function; AWS asks for six times that as visibility timeout. */
  constructor(scope: Construct, id: string, timeout: Duration) {
    const visibility = Duration.seconds(6 * timeout.toSeconds());
    const deadLetters = new Queue(scope, `${id}-dead-letters`, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: retention,
    });
    const receives = attempts(visibility);
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: retention,
      visibilityTimeout: visibility,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: receives },
    });
    this.deadLetters = deadLetters;
    this.receives = receives;
  }
}

/** Enough attempts, one per visibility timeout, to last for the patience; at least three for the slowest work. */
function attempts(visibility: Duration): number {
  return Math.max(3, Math.ceil(patience.toSeconds() / visibility.toSeconds()));
}
