import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { eventsOf, type Sent } from '../../../infra/local/sending-events.ts';
import type { Stack } from '../../../infra/local/stack.ts';
import { until } from '../../local-stack.ts';
import { clientSettings, endSmallStacks, startSmallStack } from './small-stack.ts';
import { queueResources } from './small-template.ts';

const arn = 'arn:aws:ses:us-east-1:000000000000';
const account = {
  region: 'us-east-1',
  accountId: '000000000000',
  identities: [{ logicalId: 'Identity', domain: 'inwriting.example', arn: `${arn}:identity/inwriting.example` }],
  configurationSets: [],
};
const fields = [
  { name: 'From', value: 'In Writing <privacy@inwriting.example>' },
  { name: 'To', value: 'Ada <a@ada.example>' },
  { name: 'Subject', value: 'Done' },
  { name: 'Message-ID', value: '<own@inwriting.example>' },
];
const sentTo = (...to: string[]): Sent => ({
  fields,
  caller: 'mail-sender',
  mail: {
    id: '0100-1',
    at: '2026-12-01T10:00:00.000Z',
    from: 'privacy@inwriting.example',
    to,
    subject: 'Done',
    tags: { delivery: 'W-1_arrival-granted-0' },
    configurationSet: 'answers',
  },
});
const told = (...to: string[]) => eventsOf(sentTo(...to), account, Date.parse('2026-12-01T10:00:01.500Z'));
const typesOf = (...to: string[]) => told(...to).map(({ eventType }) => eventType);

describe('SES tells', () => {
  it('that a mail was sent, as the Developer Guide shows it', () => {
    expect(told('Ada <a@ada.example>')[0]).toEqual({
      eventType: 'Send',
      mail: {
        timestamp: '2026-12-01T10:00:00.000Z',
        source: 'privacy@inwriting.example',
        sourceArn: `${arn}:identity/inwriting.example`,
        sendingAccountId: '000000000000',
        messageId: '0100-1',
        destination: ['Ada <a@ada.example>'],
        headersTruncated: false,
        headers: fields,
        commonHeaders: expect.objectContaining({
          from: ['In Writing <privacy@inwriting.example>'],
          to: ['Ada <a@ada.example>'],
          messageId: '0100-1',
          subject: 'Done',
        }),
        tags: {
          'ses:configuration-set': ['answers'],
          'ses:source-ip': ['127.0.0.1'],
          'ses:from-domain': ['inwriting.example'],
          'ses:caller-identity': ['mail-sender'],
          delivery: ['W-1_arrival-granted-0'],
        },
      },
      send: {},
    });
  });

  it('that each recipient has it', () => {
    const deliveries = told('a@ada.example', 'Bob <b@bob.example>').slice(1);
    expect(deliveries.map(({ eventType, delivery }) => [eventType, delivery])).toEqual(
      ['a@ada.example', 'b@bob.example'].map((recipient) => [
        'Delivery',
        {
          timestamp: '2026-12-01T10:00:01.500Z',
          processingTimeMillis: 1500,
          recipients: [recipient],
          smtpResponse: '250 2.6.0 Message received',
          reportingMTA: 'a8-96.smtp-out.amazonses.com',
        },
      ]),
    );
    expect(deliveries[0]?.mail).toMatchObject({
      tags: { 'ses:outgoing-ip': ['127.0.0.1'], delivery: [expect.any(String)] },
    });
  });

  it('that headers over 10 KB were cut', () => {
    const long = Array.from({ length: 20 }, (_, n) => ({ name: `X-${n}`, value: 'x'.repeat(1000) }));
    const [event] = eventsOf({ ...sentTo('a@ada.example'), fields: [...fields, ...long] }, account, 0);
    expect(event?.mail).toMatchObject({ headersTruncated: true, headers: expect.any(Array) });
    expect(JSON.stringify(event).length).toBeLessThan(12_000);
  });
});

describe('the mailbox simulator', () => {
  it.each([
    ['success', ['Delivery']],
    ['bounce', ['Bounce']],
    ['ooto', ['Delivery', 'Bounce']],
    ['complaint', ['Delivery', 'Complaint']],
    ['suppressionlist', ['Bounce']],
  ])('%s@ has its own fate, with a label too', (name, fate) => {
    expect(typesOf(`${name}@simulator.amazonses.com`)).toEqual(['Send', ...fate]);
    expect(typesOf(`${name}+7@Simulator.AmazonSES.com`)).toEqual(['Send', ...fate]);
  });

  it('is no other domain, whatever the local part', () => {
    expect(typesOf('bounce@ada.example', 'complaint@simulator.amazonses.com.example')).toEqual([
      'Send',
      'Delivery',
      'Delivery',
    ]);
  });

  it('bounces for good, for an unknown user or one on the suppression list, and for now while out of office', () => {
    const bounceOf = (name: string) => told(`${name}@simulator.amazonses.com`).at(-1)?.bounce;
    expect(bounceOf('bounce')).toEqual({
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: 'bounce@simulator.amazonses.com',
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 user unknown',
        },
      ],
      timestamp: '2026-12-01T10:00:01.500Z',
      feedbackId: expect.stringMatching(/^0100[0-9a-f]{12}-[0-9a-f-]{36}-000000$/),
      reportingMTA: 'dsn; a8-96.smtp-out.amazonses.com',
    });
    expect(bounceOf('suppressionlist')).toMatchObject({ bounceType: 'Permanent', bounceSubType: 'Suppressed' });
    expect(bounceOf('ooto')).toMatchObject({ bounceType: 'Transient', bounceSubType: 'General' });
  });

  it('complains of abuse', () => {
    expect(told('complaint@simulator.amazonses.com').at(-1)).toMatchObject({
      complaint: {
        complainedRecipients: [{ emailAddress: 'complaint@simulator.amazonses.com' }],
        complaintFeedbackType: 'abuse',
      },
    });
  });
});

describe('a configuration set', () => {
  afterEach(endSmallStacks);

  it('tells its topic, whose queue gets the chosen events as they are', async () => {
    const stack = await start({ events: ['send', 'bounce'] });
    await send(stack, { ConfigurationSetName: 'small-sending-set' }, 'bounce@simulator.amazonses.com', 'a@ada.example');
    const events = await received(stack, 2);
    expect(events.map(({ eventType }) => eventType).toSorted()).toEqual(['Bounce', 'Send']);
    expect(events[0].mail.tags).toMatchObject({ delivery: ['W-1_1'], 'ses:caller-identity': ['operator'] });
    expect(stack.trace.recent()).toContainEqual(
      expect.objectContaining({ from: 'ses.amazonaws.com', action: 'sns:Publish', allowed: true }),
    );
  });

  it('that its topic does not let publish is refused in the trace, and the mail goes out all the same', async () => {
    const stack = await start({ source: `${arn}:configuration-set/another` });
    const { MessageId } = await send(stack, { ConfigurationSetName: 'small-sending-set' }, 'a@ada.example');
    const refusal = await until(() =>
      stack.trace.recent().find((event) => event.kind === 'call' && event.action === 'sns:Publish'),
    );
    expect(refusal).toMatchObject({ allowed: false, because: expect.stringContaining('infra/constructs/feedback.ts') });
    expect(stack.mailbox.list().map(({ id }) => id)).toEqual([MessageId]);
  });

  it('is told of no mail that does not name it, and a stop waits until all is told', async () => {
    const stack = await start({ events: ['send'] });
    await send(stack, {}, 'a@ada.example');
    await send(stack, { ConfigurationSetName: 'small-sending-set' }, 'a@ada.example');
    await stack.stop();
    const again = await start({ events: ['send'], dataDir: stack.dataDir });
    expect(await waiting(again)).toBe(1);
  });
});

interface Options {
  events?: string[];
  /** Whom the topic's policy lets in. */
  source?: string;
  dataDir?: string;
}

function start({ events = ['send'], source = `${arn}:configuration-set/small-sending-set`, dataDir }: Options = {}) {
  const at = (path: string) => ({ 'aws:cdk:path': `small/${path}/Resource` });
  const Topic = { Ref: 'Topic' };
  const Queue = { 'Fn::GetAtt': ['Queue', 'Arn'] };
  const allow = (Service: string, Action: string, Resource: unknown, SourceArn: unknown) => ({
    Statement: {
      Effect: 'Allow',
      Action,
      Resource,
      Principal: { Service },
      Condition: { ArnEquals: { 'aws:SourceArn': SourceArn } },
    },
  });
  const Resources = {
    ...queueResources({ visibility: 600 }),
    Topic: { Type: 'AWS::SNS::Topic', Properties: {}, Metadata: at('feedback/topic') },
    TopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [Topic], PolicyDocument: allow('ses.amazonaws.com', 'sns:Publish', Topic, source) },
    },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Queue' }],
        PolicyDocument: allow('sns.amazonaws.com', 'sqs:SendMessage', Queue, Topic),
      },
    },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: { Protocol: 'sqs', TopicArn: Topic, Endpoint: Queue, RawMessageDelivery: true },
    },
    Identity: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'inwriting.example' } },
    Set: { Type: 'AWS::SES::ConfigurationSet', Properties: {}, Metadata: at('sending/set') },
    Destination: {
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: {
        ConfigurationSetName: { Ref: 'Set' },
        EventDestination: { Enabled: true, MatchingEventTypes: events, SnsDestination: { TopicARN: Topic } },
      },
    },
  };
  return startSmallStack({ Resources }, {}, { dataDir });
}

async function send(stack: Stack, options: { ConfigurationSetName?: string }, ...Destinations: string[]) {
  const client = new SESClient(clientSettings(stack));
  const Data = Buffer.from('From: privacy@inwriting.example\r\nSubject: Done\r\n\r\nHello\r\n');
  const Tags = [{ Name: 'delivery', Value: 'W-1_1' }];
  const answer = await client.send(new SendRawEmailCommand({ RawMessage: { Data }, Destinations, Tags, ...options }));
  client.destroy();
  return answer;
}

// biome-ignore lint/suspicious/noExplicitAny: events as they come out of the queue.
async function received(stack: Stack, count: number): Promise<any[]> {
  const client = new SQSClient(clientSettings(stack));
  const bodies: string[] = [];
  await until(async () => {
    const wanted = { QueueUrl: urlOf(stack), MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
    const { Messages = [] } = await client.send(new ReceiveMessageCommand(wanted));
    bodies.push(...Messages.map(({ Body = '' }) => Body));
    return bodies.length >= count;
  });
  client.destroy();
  return bodies.map((body) => JSON.parse(body));
}

async function waiting(stack: Stack): Promise<number> {
  const client = new SQSClient(clientSettings(stack));
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: urlOf(stack), AttributeNames }));
  client.destroy();
  return Number(Attributes?.ApproximateNumberOfMessages);
}

const urlOf = ({ plan }: Stack) => plan.queues.find(({ name }) => name === 'small-work-queue')?.url;
