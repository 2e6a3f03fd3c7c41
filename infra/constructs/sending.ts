import { ConfigurationSet, EmailIdentity, Identity, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import { Aws, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** SES's side of outbound mail: the domain that answers come from, and the configuration set they are sent with. */
export class Sending extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  readonly configurationSetArn: string;
  /** What to set in DNS, in the form of a zone file. */
  readonly dnsRecords: Record<string, string>;

  constructor(scope: Construct, { mailDomain }: Stage) {
    super(scope, 'sending');
    this.configurationSet = new ConfigurationSet(this, 'configuration-set', {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.configurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
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

  private dkimRecords(): Record<string, string> {
    const records = this.identity.dkimRecords.map(({ name, value }, index) => [
      `DnsDkim${index + 1}`,
      `${name}. CNAME ${value}.`,
    ]);
    return Object.fromEntries(records);
  }
}
