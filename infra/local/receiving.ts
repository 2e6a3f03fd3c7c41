import { randomBytes } from 'node:crypto';
import { plain, type Status } from './authentication-results.ts';
import type { Bodies, Body, Chunks } from './bodies.ts';
import type { Need } from './gateway.ts';
import { bodyOffset, headLimit } from './message-headers.ts';
import type { ReceiptPlan, ReceiptRulePlan } from './plan.ts';
import { matchRules } from './receipt-rules.ts';
import { type Delivery, notificationOf } from './received-notification.ts';
import type { Trace } from './trace.ts';
import type { Forced, Judge } from './verdicts.ts';

export interface Arrival {
  /** Envelope sender, empty for a bounce. */
  mailFrom: string;
  recipients: string[];
  helo: string;
  remoteAddress: string;
  /** The message, kept in `bodies`; whoever keeps it discards it. */
  message: Body;
  /** Verdicts to pretend. */
  forced?: Forced;
}

export interface ReceivingParts {
  accountId: string;
  region: string;
  receipt: ReceiptPlan;
  activeRuleSet(): string | undefined;
  bodies: Bodies;
  judge: Judge;
  put(bucket: string, key: string, chunks: Chunks, options: { durable: boolean }): Promise<unknown>;
  publish(topicArn: string, message: string): Promise<void>;
  /** Does the work as ses.amazonaws.com, if the resource policies let it; rejects with a sentence if not. */
  asSes<T>(service: string, need: Need, work: () => Promise<T>): Promise<T>;
  trace: Trace;
}

export type Receive = (arrival: Arrival) => Promise<{ messageId: string }>;

/**
 * What SES does with a mail it has accepted: for each rule that takes it, the bytes under SES's own trace headers go
 * to the bucket, then the notification to the topic. Resolves when both are safe; rejects so that the client sends
 * the mail again, which makes SES's delivery at least once.
 */
export function openReceiving(parts: ReceivingParts): Receive {
  return async (arrival) => {
    const started = Date.now();
    const messageId = newMessageId();
    const note = (what: 'accepted' | 'stored' | 'notified', detail?: Record<string, unknown>) =>
      parts.trace.add({ kind: 'mail', at: new Date().toISOString(), what, id: messageId, detail });
    const matched = matchRules(parts.receipt, parts.activeRuleSet(), arrival.recipients);
    if (!matched.length) throw new Error('No receipt rule of the active rule set takes mail for this address.');
    note('accepted', { rules: matched.map(({ rule }) => rule.name), size: arrival.message.size });

    const head = await readHead(parts.bodies, arrival.message);
    const chunks = () => parts.bodies.read(arrival.message);
    const verdicts = await parts.judge({ ...arrival, head, chunks }, arrival.forced);
    for (const match of matched) {
      const judged = match.rule.scan ? verdicts : { ...verdicts, spam: unscanned, virus: unscanned };
      const key = `${match.rule.s3.prefix}${messageId}`;
      const delivery = { ...match, key, messageId, arrival, verdicts: judged, started };
      const trace = traceHeaders(delivery, parts.region);
      await store(parts, delivery, trace);
      note('stored', { bucket: match.rule.s3.bucket, key });
      await notify(parts, delivery, Buffer.concat([trace, head]));
      note('notified', { topic: match.rule.s3.topicArn });
    }
    return { messageId };
  };
}

const unscanned: Status = 'DISABLED';

async function store(
  { asSes, put, bodies, ...parts }: ReceivingParts,
  delivery: Delivery,
  trace: Buffer,
): Promise<void> {
  const { rule, arrival } = delivery;
  const { bucket } = rule.s3;
  const whole = async function* () {
    yield trace;
    yield* bodies.read(arrival.message);
  };
  const need = {
    action: 's3:PutObject',
    resource: `arn:aws:s3:::${bucket}/${delivery.key}`,
    context: source(parts, rule),
  };
  await asSes('s3', need, () => put(bucket, delivery.key, whole(), { durable: true }));
}

async function notify({ asSes, publish, ...parts }: ReceivingParts, delivery: Delivery, head: Buffer): Promise<void> {
  const { topicArn } = delivery.rule.s3;
  if (!topicArn) return;
  const need = { action: 'sns:Publish', resource: topicArn, context: source(parts, delivery.rule) };
  await asSes('sns', need, () => publish(topicArn, JSON.stringify(notificationOf(delivery, head))));
}

/** What SES says of itself in its calls, against the confused deputy. */
const source = ({ accountId }: { accountId: string }, { arn }: ReceiptRulePlan) => ({
  'aws:SourceAccount': accountId,
  'aws:SourceArn': arn,
});

async function readHead(bodies: Bodies, message: Body): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const range = { start: 0, end: Math.min(message.size, headLimit) - 1 };
  for await (const chunk of bodies.read(message, range)) chunks.push(chunk);
  const start = Buffer.concat(chunks);
  return start.subarray(0, bodyOffset(start));
}

/** The block that SES writes above what it received, in its order. */
function traceHeaders({ messageId, arrival, verdicts, recipients, rule, started }: Delivery, region: string): Buffer {
  const { helo, remoteAddress, mailFrom } = arrival;
  const date = new Date(started).toUTCString().replace('GMT', '+0000 (UTC)');
  const fields = [
    `Return-Path: <${plain(mailFrom)}>`,
    `Received: from ${plain(helo)} (${plain(helo)} [${plain(remoteAddress)}])`,
    ` by inbound-smtp.${region}.amazonaws.com with SMTP id ${messageId}`,
    ` for ${plain(recipients[0] ?? '')};`,
    ` ${date}`,
    ...(rule.scan ? [`X-SES-Spam-Verdict: ${verdicts.spam}`, `X-SES-Virus-Verdict: ${verdicts.virus}`] : []),
    `Received-SPF: ${verdicts.receivedSpf}`,
    `Authentication-Results: ${verdicts.authenticationResults}`,
    `X-SES-RECEIPT: ${Buffer.from(messageId).toString('base64')}`,
    `X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; c=relaxed/simple; s=local; d=amazonses.com; t=${Math.floor(started / 1000)}; v=1;`,
  ];
  return Buffer.from(`${fields.join('\r\n')}\r\n`);
}

/** Forty lower-case letters and digits, as SES's own. */
const newMessageId = () =>
  BigInt(`0x1${randomBytes(25).toString('hex')}`)
    .toString(36)
    .slice(1)
    .padEnd(40, '0')
    .slice(0, 40);
