import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalStack, startLocalStack } from '../local-stack.ts';

let stack: LocalStack;
let folder: string;
beforeAll(async () => {
  stack = await startLocalStack();
  folder = await mkdtemp(join(tmpdir(), 'members-'));
});
afterAll(async () => {
  await stack.stop();
  await rm(folder, { recursive: true });
});

const people = (count: number) =>
  `memberId,handle,name,primaryEmail\n${Array.from({ length: count }, (_, n) => `${n},p${n},P ${n},p${n}@example.org\n`).join('')}`;

test('the demo directory is imported, with its progress as plain lines where there is no terminal', async () => {
  const run = await members(['import', 'infra/commands/demo-directory.csv']);
  expect(run).toMatchObject({
    code: 0,
    stdout: 'demo-directory.csv: 20 added, 0 changed, 0 unchanged, 0 removed, 0 bad rows.\n',
  });
  expect(run.stderr).toMatch(/^uploading: 100 %$/m);
  expect(await memberOf('1003')).toMatchObject({ manages: ['photo-walks', 'old-cameras'], locale: 'fr-FR' });
});

test('bad rows are printed by line and reason, the good ones go in, and the exit code says so', async () => {
  const file = await fileWith('members.csv', 'memberId,name,locale\n1001,Anna Huber,\n1002,,\n1003,Marc,klingon!\n');
  expect(await members(['import', file])).toMatchObject({
    code: 1,
    stdout: [
      'members.csv: 0 added, 1 changed, 0 unchanged, 0 removed, 2 bad rows.',
      'members.csv line 3: "name" is empty; the row was skipped',
      'members.csv line 4: "locale" is no BCP 47 language tag: "klingon!"; the row was skipped',
      '',
    ].join('\n'),
  });
  expect(await memberOf('1001')).toMatchObject({ name: 'Anna Huber', handle: 'anna.weber' });
});

test('a full file that is not the whole directory changes nothing, until its removals are confirmed', async () => {
  const file = await fileWith('full-site.csv', people(3));
  const refused = await members(['import', file]);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stdout).toMatch(
    /^full-site\.csv does not name 20 of the 20 members \(100\.0 %\).*Nothing was imported\.\n/,
  );
  expect(await memberOf('1001')).toBeDefined();
  expect(await members(['import', '--confirm-removals', file])).toMatchObject({
    code: 0,
    stdout: 'full-site.csv: 3 added, 0 changed, 0 unchanged, 20 removed, 0 bad rows.\n',
  });
  expect(await memberOf('1001')).toBeUndefined();
});

test.each([
  [
    'not UTF-8',
    Buffer.from('memberId,name\n1,Jos\xe9\n', 'latin1'),
    'x.csv is not UTF-8 text (line 2). Nothing was imported.\n',
  ],
  ['empty', Buffer.alloc(0), 'x.csv is empty: its first line must name the columns. Nothing was imported.\n'],
])('a file that is %s is refused in one sentence', async (_, body, stdout) => {
  expect(await members(['import', await fileWith('x.csv', body)])).toMatchObject({ code: 1, stdout });
});

test('a file that is not there, no stack, and words that are not understood each get a sentence', async () => {
  expect(await members(['import', 'nowhere.csv'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'nowhere.csv is not there: give the path of a members CSV.\n',
  });
  expect(await members(['import', 'infra/commands/demo-directory.csv'], folder)).toEqual({
    code: 1,
    stdout: '',
    stderr: `No stack runs on ${folder}: start one with "npm start".\n`,
  });
  expect(await members(['export'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Usage: /) });
});

function members(args: string[], dataDir = stack.dataDir): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATA_DIR: dataDir };
  return new Promise((resolve) => {
    execFile(process.execPath, ['infra/commands/members.ts', ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

async function fileWith(name: string, body: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, body);
  return file;
}

async function memberOf(memberId: string) {
  const Key = { pk: `member/${memberId}`, sk: 'member' };
  const { Item } = await stack.dynamodb.send(new GetCommand({ TableName: stack.outputs.MembersTable, Key }));
  return Item;
}
