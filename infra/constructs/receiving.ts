import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnReceiptRule, CfnReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Aws, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { PrivateBucket } from './private-bucket.ts';

/** Keys of raw mail begin with this. */
export const inboundPrefix = 'inbound/';

/** SES's side of inbound mail: the receipt rule, the bucket it writes the mail to, the topic it tells. */
export class Receiving extends Construct {
  readonly rawMail: PrivateBucket;
  readonly topic: Topic;
  readonly ruleSetName: string;
  readonly rule: CfnReceiptRule;
  /** What to set in DNS, in the form of a zone file. */
  readonly dnsRecords: Record<string, string>;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'receiving');
    this.rawMail = rawMail(this, stage);
    // Not encrypted with alias/aws/sns, to which SES cannot publish. The notification holds headers, not the mail.
    this.topic = new Topic(this, 'topic', { enforceSSL: true });
    this.ruleSetName = stage.receiptRuleSet ?? new CfnReceiptRuleSet(this, 'rule-set').ref;

    // The name is our own: the policies below name the rule, and the rule depends on the policies.
    const ruleName = `${stage.stackName}-inbound-mail`;
    const ruleArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'receipt-rule-set',
      resourceName: `${this.ruleSetName}:receipt-rule/${ruleName}`,
    });
    this.rawMail.addToResourcePolicy(
      onlySes(ruleArn, ['s3:PutObject'], this.rawMail.arnForObjects(`${inboundPrefix}*`)),
    );
    this.topic.addToResourcePolicy(onlySes(ruleArn, ['sns:Publish'], this.topic.topicArn));

    this.rule = new CfnReceiptRule(this, 'rule', {
      ruleSetName: this.ruleSetName,
      rule: {
        name: ruleName,
        enabled: true,
        // CloudFormation's default is false, and then every mail comes without spam and virus verdicts.
        scanEnabled: true,
        tlsPolicy: 'Optional',
        recipients: stage.localParts.map((localPart) => `${localPart}@${stage.mailDomain}`),
        actions: [
          {
            s3Action: {
              bucketName: this.rawMail.bucketName,
              objectKeyPrefix: inboundPrefix,
              topicArn: this.topic.topicArn,
            },
          },
        ],
      },
    });
    // SES tries both while the rule is created, and fails the deploy when it may not.
    this.rule.node.addDependency(this.rawMail.policy!, this.topic);

    this.dnsRecords = {
      DnsInboundMx: `${stage.mailDomain}. MX 10 inbound-smtp.${Aws.REGION}.amazonaws.com.`,
    };
  }
}

/** No Object Lock: S3 asks for a checksum with each locked write, which SES does not promise; evidence has the copy. */
function rawMail(scope: Construct, { retention }: Stage): PrivateBucket {
  return new PrivateBucket(scope, 'raw-mail', {
    expires: Duration.days(retention.rawMailDays),
  });
}

/** Statement of a resource policy: SES may do this for our rule, and for nobody else's (confused deputy). */
function onlySes(ruleArn: string, actions: string[], resource: string): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal('ses.amazonaws.com')],
    actions,
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': ruleArn } },
  });
}
