import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Aws, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { HandlerFunction } from './handler-function.ts';

/** How often, in EventBridge Scheduler's words. */
export type Every = 'minute' | 'hour';
const seconds: Record<Every, number> = { minute: 60, hour: 3_600 };

/**
 * The one way to run a function by the clock: on time, as a role that may do nothing but invoke it. A run that
 * Scheduler cannot start before the next one is due is given up, since that one does its work; an alarm tells when runs
 * stay away (Alarms), which a dead-letter queue could not tell of a schedule that is switched off.
 */
export class Schedule extends Construct {
  constructor(scope: Construct, { lambda }: HandlerFunction, every: Every) {
    super(scope, 'schedule');
    const role = new Role(this, 'role', { assumedBy: scheduler(Stack.of(this)) });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }));
    const schedule = new CfnSchedule(this, every === 'hour' ? 'hourly' : 'each-minute', {
      scheduleExpression: `rate(1 ${every})`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: lambda.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumEventAgeInSeconds: seconds[every], maximumRetryAttempts: 5 },
      },
    });
    schedule.node.addDependency(role);
  }
}

/** EventBridge Scheduler for schedules of this account's default group, and for nobody else's (confused deputy). */
function scheduler(stack: Stack): ServicePrincipal {
  const group = stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: 'default' });
  return new ServicePrincipal('scheduler.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group } },
  });
}
