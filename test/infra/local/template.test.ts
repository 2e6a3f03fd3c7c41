import { describe, expect, it } from 'vitest';
import { supported } from '../../../infra/local/supported.ts';
import { planTemplate, type Template } from '../../../infra/local/template.ts';
import { consume, functionResources, mappingResource, queueResources, tableResource } from './small-template.ts';

const addresses = { aws: 'http://127.0.0.1:4566', http: 'http://127.0.0.1:4000' };
const plan = (template: Template) => planTemplate(template, '/assembly', addresses);

describe('the plan', () => {
  const environment = { TABLE: { Ref: 'Table' }, QUEUE_URL: { Ref: 'Queue' } };
  const template = {
    Resources: {
      ...functionResources('worker', { environment, allow: [consume] }),
      ...queueResources({ visibility: 7, attempts: 3 }),
      ...mappingResource('worker', { batchSize: 5 }),
      ...tableResource,
    },
    Outputs: {
      Arn: { Value: { 'Fn::Join': [':', ['a', { 'Fn::GetAtt': ['Queue', 'QueueName'] }, { Ref: 'AWS::Region' }]] } },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is CloudFormation's.
      Sub: { Value: { 'Fn::Sub': '${AWS::AccountId}/${Table}/${Table.Arn}' } },
    },
  };

  it('names resources after their construct path and lets Ref of a queue give the address of the gateway', () => {
    const [worker] = plan(template).functions;
    expect(worker?.name).toBe('worker');
    expect(worker?.environment).toEqual({
      TABLE: 'small-records-things',
      QUEUE_URL: 'http://127.0.0.1:4566/000000000000/small-work-queue',
    });
    expect(worker?.codeDir).toBe('/assembly/asset.worker');
    expect(worker?.constructFile).toBe('infra/constructs/worker.ts');
    expect(worker?.statements[0]?.resources).toEqual(['arn:aws:sqs:us-east-1:000000000000:small-work-queue']);
  });

  it('resolves Join, Sub, GetAtt and pseudo parameters', () => {
    expect(plan(template).outputs).toEqual({
      Arn: 'a:small-work-queue:us-east-1',
      Sub: '000000000000/small-records-things/arn:aws:dynamodb:us-east-1:000000000000:table/small-records-things',
    });
  });

  it('keeps what decides how a queue is worked through', () => {
    const { queues, eventSources } = plan(template);
    expect(queues.find(({ name }) => name === 'small-work-queue')?.attributes).toEqual({
      VisibilityTimeout: '7',
      RedrivePolicy:
        '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:small-work-dead-letters","maxReceiveCount":3}',
    });
    expect(eventSources[0]).toMatchObject({
      functionName: 'worker',
      batchSize: 5,
      reportFailures: true,
      enabled: true,
    });
  });
});

describe('what the local stack does not know stops the start with its name', () => {
  it.each(Object.keys(supported))('a nonsense property of %s', (Type) => {
    const Resources = { Thing: { Type, Properties: { Nonsense: 1 }, Metadata: { 'aws:cdk:path': 's/c/thing' } } };
    const sentence = `The local stack does not know the property Nonsense of ${Type} (s/c/thing): do without it`;
    expect(() => plan({ Resources })).toThrow(sentence);
  });

  it('a property deep inside of one that is known', () => {
    const Rule = { Enabled: true, Actions: [{ S3Action: { BucketName: 'b', KmsKeyArn: 'k' } }] };
    const Resources = { Thing: { Type: 'AWS::SES::ReceiptRule', Properties: { Rule, RuleSetName: 'r' } } };
    expect(() => plan({ Resources })).toThrow('the property Rule.Actions.S3Action.KmsKeyArn of AWS::SES::ReceiptRule');
  });

  it('a property that is empty', () => {
    const Resources = { Thing: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: {} } } };
    expect(() => plan({ Resources })).toThrow('the property KmsMasterKeyId of AWS::SQS::Queue');
  });

  it('a value that is not honoured', () => {
    const Properties = { AuthorizationType: 'JWT' };
    const Resources = { Thing: { Type: 'AWS::ApiGatewayV2::Route', Properties } };
    expect(() => plan({ Resources })).toThrow('the property AuthorizationType with the value JWT of AWS::ApiGatewayV2');
  });

  it.each([
    ['the resource type AWS::EC2::VPC', { Type: 'AWS::EC2::VPC' }],
    ['the attribute Condition of AWS::SNS::Topic', { Type: 'AWS::SNS::Topic', Condition: 'OnSunday' }],
  ])('%s', (name, thing) => {
    expect(() => plan({ Resources: { Thing: thing } })).toThrow(`The local stack does not know ${name}`);
  });

  it('an intrinsic function', () => {
    const Resources = {
      Thing: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: { 'Fn::If': ['a', 1, 2] } } },
    };
    expect(() => plan({ Resources })).toThrow('Fn::If');
  });

  it('a section of the template', () => {
    expect(() => plan({ Resources: {}, Mappings: {} } as Template)).toThrow('the template section Mappings');
  });
});

it('every line of the table says honoured, lists values, or gives a reason', () => {
  for (const rule of Object.values(supported).flatMap((properties) => Object.values(properties))) {
    expect(Array.isArray(rule) || rule === 'honoured' || /^ignored because \w+ \w+/.test(rule)).toBe(true);
  }
});
