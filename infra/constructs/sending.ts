import { ConfigurationSet, EmailIdentity, Identity, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import { Aws, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** SES's side of outbound mail: the domain that it comes from, and what answers and notices are sent with. */
export class Sending extends Construct {
  readonly identity: EmailIdentity;
  /** Of answers, and of notices: each has figures of its own at SES, and can be stopped there by itself. */
  readonly configurationSet: ConfigurationSet;
  readonly notices: ConfigurationSet;
  /** What to set in DNS, in the form of a zone file. */
  readonly dnsRecords: Record<string, string>;

  constructor(scope: Construct, { mailDomain }: Stage) {
    super(scope, 'sending');
    this.configurationSet = configurationSet(this, 'configuration-set');
    this.notices = configurationSet(this, 'notices');
    // SPF aligns with the From domain only when the envelope sender is a subdomain of it.
    const mailFromDomain = `mail.${mailDomain}`;
    this.identity = new EmailIdentity(this, 'identity', {
      identity: Identity.domain(mailDomain),
      configurationSet: this.configurationSet,
      mailFromDomain,
      feedbackForwarding: false,
    });
    this.dnsRecords = {
      ...this.dkimRecords(),
      DnsSpf: `${mailDomain}. TXT "v=spf1 include:amazonses.com -all"`,
      DnsDmarc: `_dmarc.${mailDomain}. TXT "v=DMARC1; p=reject"`,
      DnsMailFromMx: `${mailFromDomain}. MX 10 feedback-smtp.${Aws.REGION}.amazonses.com.`,
      DnsMailFromSpf: `${mailFromDomain}. TXT "v=spf1 include:amazonses.com -all"`,
    };
  }

  arnOf({ configurationSetName }: ConfigurationSet): string {
    return Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSetName,
    });
  }

  private dkimRecords(): Record<string, string> {
    const records = this.identity.dkimRecords.map(({ name, value }, index) => [
      `DnsDkim${index + 1}`,
      `${name}. CNAME ${value}.`,
    ]);
    return Object.fromEntries(records);
  }
}

const configurationSet = (scope: Construct, id: string): ConfigurationSet =>
  new ConfigurationSet(scope, id, {
    reputationMetrics: true,
    suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
  });
