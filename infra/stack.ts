import { CfnOutput, DefaultStackSynthesizer, Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Alarms } from './constructs/alarms.ts';
import { ChangeNotices } from './constructs/change-notices.ts';
import { Clearance } from './constructs/clearance.ts';
import { Deadlines } from './constructs/deadlines.ts';
import { DeliveryFeedback } from './constructs/delivery-feedback.ts';
import { Desk } from './constructs/desk.ts';
import { DirectorySync } from './constructs/directory-sync.ts';
import { Exports } from './constructs/exports.ts';
import { Http } from './constructs/http.ts';
import { InboundMail } from './constructs/inbound-mail.ts';
import { Keys } from './constructs/keys.ts';
import { MailSender } from './constructs/mail-sender.ts';
import { PublicSite } from './constructs/public-site.ts';
import { ReceiptActivation } from './constructs/receipt-activation.ts';
import { Receiving } from './constructs/receiving.ts';
import { Records } from './constructs/records.ts';
import { ScanIntake } from './constructs/scan-intake.ts';
import { Sending } from './constructs/sending.ts';
import { SignIn } from './constructs/sign-in.ts';
import type { Stage } from './stage.ts';
import { stageErrors, stageWarnings } from './stage-check.ts';

/** The whole system of one stage. It names no account and no region, so synthesis needs no AWS account. */
export class InWriting extends Stack {
  constructor(scope: Construct, stage: Stage, bundles: string) {
    super(scope, 'inwriting', {
      stackName: stage.stackName,
      description: 'In Writing: requests made in writing, honoured at once, provable for years.',
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    this.check(stage);

    const records = new Records(this, stage);
    const keys = new Keys(this);
    const receiving = new Receiving(this, stage);
    const sending = new Sending(this, stage);

    const http = new Http(this, stage);
    const shared = { stage, bundles, records, keys, publicUrl: http.url };
    const mailSender = new MailSender(this, { ...shared, sending });
    const inboundMail = new InboundMail(this, { ...shared, receiving, answers: mailSender.queue });
    const scanIntake = new ScanIntake(this, shared);
    scanIntake.queuedBy(inboundMail.handler);
    const deliveryFeedback = new DeliveryFeedback(this, { ...shared, sending });
    const deadlines = new Deadlines(this, { ...shared, answers: mailSender.queue });
    const changeNotices = new ChangeNotices(this, {
      ...{ stage, bundles, records },
      notices: mailSender.notices,
      answers: mailSender.queue,
    });
    const publicSite = new PublicSite(this, { ...shared, answers: mailSender.queue });
    http.serveTheRest(publicSite.handler);
    const directorySync = new DirectorySync(this, { stage, bundles, records });
    const exports = new Exports(this, { stage, bundles, records, publicUrl: http.url });
    const signIn = new SignIn(this, { stage, publicUrl: http.url });
    const desk = new Desk(this, { ...shared, signIn, answers: mailSender.queue, notices: mailSender.notices });
    scanIntake.uploadedBy(desk.handler);
    exports.startedBy(desk.handler);
    exports.startedByClock(deadlines.handler);
    http.serve('/desk', desk.handler);
    const clearance = new Clearance(this, { ...shared, signIn });
    http.serve('/clearance', clearance.handler);
    http.serve('/offers', clearance.handler, 'offers');
    const activation = stage.receiptRuleSet ? [] : [new ReceiptActivation(this, { stage, bundles, receiving })];

    const watched = [
      inboundMail,
      scanIntake,
      mailSender,
      deliveryFeedback,
      deadlines,
      changeNotices,
      publicSite,
      directorySync,
      exports,
      desk,
      clearance,
      ...activation,
    ];
    new Alarms(this, { stage, watched });

    const outputs = {
      MembersTable: records.members.tableName,
      OptOutsTable: records.optOuts.tableName,
      RequestsTable: records.requests.tableName,
      NoticesTable: records.notices.tableName,
      DeliveriesTable: records.deliveries.tableName,
      CampaignsTable: records.campaigns.tableName,
      RecallsTable: records.recalls.tableName,
      RawMailBucket: receiving.rawMail.bucketName,
      EvidenceBucket: records.evidence.bucketName,
      IntakeBucket: directorySync.intake.bucketName,
      ScansBucket: scanIntake.scans.bucketName,
      ExportsBucket: exports.bucket.bucketName,
      InboundMailQueueUrl: inboundMail.queue.queueUrl,
      ScanQueueUrl: scanIntake.queue.queueUrl,
      AnswersQueueUrl: mailSender.queue.queueUrl,
      NoticesQueueUrl: mailSender.notices.queueUrl,
      ExportsQueueUrl: exports.queue.queueUrl,
      PublicUrl: http.url,
      SignInIssuer: signIn.issuer,
      MachineClient: signIn.machineClientId,
      RequestRetentionMonths: `${stage.retention.requestMonths}`,
      MailDomain: stage.mailDomain,
      ...receiving.dnsRecords,
      ...sending.dnsRecords,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  private check(stage: Stage): void {
    const errors = stageErrors(stage);
    if (errors.length > 0) throw new Error(errors.join('\n'));
    stageWarnings(stage).forEach((sentence, index) => {
      Validations.of(this).addWarning(`InWriting-Stage${index + 1}`, sentence);
    });
  }
}
