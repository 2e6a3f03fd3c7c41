import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import type { Stack } from '../../../infra/local/stack.ts';
import { clientSettings, endSmallStacks, startSmallStack } from './small-stack.ts';
import { functionResources, tableResource } from './small-template.ts';

const folders: string[] = [];
afterEach(async () => {
  await endSmallStacks();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('a stack', () => {
  it('says in stack.json where it runs, as long as it runs', async () => {
    const stack = await startSmallStack({ Resources: tableResource, Outputs: { T: { Value: { Ref: 'Table' } } } });
    const file = join(stack.dataDir, 'stack.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      pid: process.pid,
      ...stack.addresses,
      region: 'us-east-1',
      ...stack.credentials,
      outputs: { T: 'small-records-things' },
    });
    await stack.stop();
    expect(existsSync(file)).toBe(false);
  });

  it('goes on at the next start where it was', async () => {
    const first = await startSmallStack({ Resources: tableResource });
    await put(first, 'a');
    await first.stop();
    const second = await startSmallStack({ Resources: tableResource }, {}, { dataDir: first.dataDir });
    expect(await has(second, 'a')).toBe(true);
  });

  it('starts at once after another was killed', async () => {
    const dataDir = scratchFolder();
    mkdirSync(join(dataDir, 'lock'));
    writeFileSync(join(dataDir, 'owner.pid'), String(2 ** 22 + 1));
    await startSmallStack({ Resources: {} }, {}, { dataDir });
  });

  it('runs beside another one in the same process', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => startSmallStack({ Resources: tableResource })));
    await put(one!, 'a');
    expect([await has(one!, 'a'), await has(two!, 'a')]).toEqual([true, false]);
  });
});

describe('a stack does not start, and says what to do,', () => {
  it.each(['http', 'aws', 'smtp'] as const)('when its %s port is taken', async (name) => {
    const first = await startSmallStack({ Resources: {} });
    const port = Number(new URL(first.addresses[name]).port);
    const dataDir = scratchFolder();
    const setting = `${name.toUpperCase()}_PORT`;
    await expect(startSmallStack({ Resources: {} }, {}, { dataDir, [`${name}Port`]: port })).rejects.toThrow(
      `Port ${port} is taken: stop what listens there, or set ${setting} to another port.`,
    );
    // What it had taken is free again.
    await startSmallStack({ Resources: {} }, {}, { dataDir });
  });

  it('when another one has its data', async () => {
    const { dataDir } = await startSmallStack({ Resources: {} });
    await expect(startSmallStack({ Resources: {} }, {}, { dataDir })).rejects.toThrow(
      `Another stack (process ${process.pid}) uses ${dataDir}: stop it, or set DATA_DIR to another folder.`,
    );
  });

  it('when the data folder is a file', async () => {
    const dataDir = join(scratchFolder(), 'file');
    writeFileSync(dataDir, '');
    await expect(startSmallStack({ Resources: {} }, {}, { dataDir })).rejects.toThrow('set DATA_DIR to another one');
  });

  it.each([
    ['dynamodb/CURRENT', 'The tables in'],
    ['sqs/fauxqs.db', 'The queues in'],
    ['ses/mailbox.db', 'is damaged'],
    ['custom-resources.json', 'is damaged'],
  ])('when %s is damaged', async (file, sentence) => {
    const { dataDir, stop } = await startSmallStack({ Resources: tableResource });
    await stop();
    writeFileSync(join(dataDir, file), 'garbage'.repeat(1000));
    await expect(startSmallStack({ Resources: tableResource }, {}, { dataDir })).rejects.toThrow(sentence);
  });

  it('when the template is none', async () => {
    const templateFile = join(scratchFolder(), 'template.json');
    writeFileSync(templateFile, 'garbage');
    await expect(startSmallStack({ Resources: {} }, {}, { templateFile })).rejects.toThrow('synthesize it again');
  });
});

describe('a custom resource', () => {
  const answer = (fields: object) => `
    exports.handler = async (event) => {
      console.log(JSON.stringify(event));
      const body = JSON.stringify({ PhysicalResourceId: 'made', ...${JSON.stringify(fields)} });
      await fetch(event.ResponseURL, { method: 'PUT', body });
    };`;
  const resources = (RuleSetName: string) => ({
    ...functionResources('activation', { timeout: 10 }),
    Activation: {
      Type: 'Custom::ReceiptActivation',
      Properties: { ServiceToken: { 'Fn::GetAtt': ['activationCode', 'Arn'] }, RuleSetName },
    },
  });
  const requests = ({ trace }: Stack) => trace.recent().flatMap((event) => (event.kind === 'log' ? [event.line] : []));

  it('is created once, and updated when its properties change', async () => {
    const code = { activation: answer({ Status: 'SUCCESS' }) };
    const first = await startSmallStack({ Resources: resources('one') }, code);
    expect(requests(first)).toMatchObject([{ RequestType: 'Create', ResourceProperties: { RuleSetName: 'one' } }]);
    await first.stop();
    const { dataDir } = first;
    const second = await startSmallStack({ Resources: resources('one') }, code, { dataDir });
    expect(requests(second)).toEqual([]);
    await second.stop();
    const third = await startSmallStack({ Resources: resources('two') }, code, { dataDir });
    expect(requests(third)).toMatchObject([
      { RequestType: 'Update', PhysicalResourceId: 'made', OldResourceProperties: { RuleSetName: 'one' } },
    ]);
  });

  it.each([
    [answer({ Status: 'FAILED', Reason: 'another set is active' }), 'another set is active'],
    ['exports.handler = async () => {}', 'it sent no answer to its ResponseURL'],
    ['exports.handler = async () => { throw new Error("broken") }', 'Error: broken'],
  ])('that fails stops the start with the reason', async (code, reason) => {
    const starting = startSmallStack(
      { Resources: resources('one') },
      { activation: code },
      { dataDir: scratchFolder() },
    );
    await expect(starting).rejects.toThrow(`The custom resource Activation failed in activation: ${reason}`);
  });
});

function scratchFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'in-writing-stack-')));
  return folders.at(-1)!;
}

async function put(stack: Stack, id: string): Promise<void> {
  const client = new DynamoDBClient(clientSettings(stack));
  await client.send(new PutItemCommand({ TableName: 'small-records-things', Item: { id: { S: id } } }));
  client.destroy();
}

async function has(stack: Stack, id: string): Promise<boolean> {
  const client = new DynamoDBClient(clientSettings(stack));
  const { Item } = await client.send(new GetItemCommand({ TableName: 'small-records-things', Key: { id: { S: id } } }));
  client.destroy();
  return !!Item;
}
