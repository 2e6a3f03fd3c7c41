import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalStack, startLocalStack } from '../local-stack.ts';
import { walkOn } from '../walks/walk.ts';

let stack: LocalStack;
let folder: string;
beforeAll(async () => {
  stack = await startLocalStack();
  folder = await mkdtemp(join(tmpdir(), 'clearance-'));
  const walk = walkOn(stack);
  await walk.haveMembers('m1,ann,Ann Example,ann@example.org,,gardeners,en,', 'm2,bob,Bob,bob@example.org,,,en,');
  await stack.send({
    ...{ from: 'ann@example.org', to: 'privacy@inwriting.example', messageId: '<ann@example.org>' },
    ...{ subject: 'REMOVE FROM MARKETING MATERIALS', text: 'x' },
  });
  await walk.settled('<ann@example.org>');
});
afterAll(async () => {
  await stack?.stop();
  await rm(folder, { recursive: true });
});

test('each subject is answered on a line of its own, also one that nobody knows', async () => {
  const { code, stdout } = await clearance(['member/m1', 'member/m2', 'member/nobody']);
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([code, answers.map(({ allowed }) => allowed)]).toEqual([0, [false, true, false]]);
  expect(answers[0].scopes['profile-images']).toMatchObject({ state: 'blocked', since: expect.stringMatching(/Z$/) });
  expect(answers[2].scopes['profile-images']).toMatchObject({ allowed: false, reason: 'unknown' });
});

test('a CSV comes back with the answer beside each line, and broken lines are told by number', async () => {
  const lines = [
    '\uFEFFasset,subject,scope',
    '"a, 1.jpg",member/m1,',
    'b.jpg,member/m2,profile-images',
    'c.jpg,m3,',
    '',
  ];
  const latin = Buffer.from('d\xe9.jpg,member/m2,\n', 'latin1');
  const file = await fileWith(
    'assets.csv',
    Buffer.concat([Buffer.from(lines.join('\r\n')), latin, Buffer.from('e.jpg,community/gardeners,pages')]),
  );
  const { code, stdout, stderr } = await clearance(['--csv', file]);
  const rows = stdout.split('\n');
  expect(rows[0]).toBe('asset,subject,scope,allowed,state,since,request_ids,reason,check_id');
  expect(rows[1]).toMatch(/^"a, 1\.jpg",member\/m1,,false,blocked,\S+Z,W-[\w-]+,,C-\d{8}-\w{10}$/);
  expect(rows[2]).toMatch(/^b\.jpg,member\/m2,profile-images,true,clear,,,,C-/);
  expect(rows[3]).toBe('c.jpg,m3,,false,,,,"line 4: ""subject"" is neither member/ID nor community/ID",');
  expect(rows[4]).toMatch(/line 5: it is not UTF-8 text/);
  expect(rows[5]).toMatch(/^e\.jpg,community\/gardeners,pages,false,blocked,/);
  expect(rows).toHaveLength(7);
  expect(code).toBe(1);
  expect(stderr.split('\n')).toEqual([
    'assets.csv line 4: "subject" is neither member/ID nor community/ID; it was not checked',
    'assets.csv line 5: it is not UTF-8 text: save the file as "CSV UTF-8"; it was not checked',
    'assets.csv: 5 lines, 2 not to be used, 2 broken.',
    '',
  ]);
});

test('a CSV of some thousand lines comes back in its order', async () => {
  const ids = Array.from({ length: 7_500 }, (_, n) => (n % 5 ? `member/x${n}` : 'member/m2'));
  const { code, stdout } = await clearance(['--csv', await fileWith('many.csv', `subject\n${ids.join('\n')}\n`)]);
  const rows = stdout.trim().split('\n').slice(1);
  expect([code, rows.map((row) => row.split(',')[0])]).toEqual([0, ids]);
  expect(rows.filter((row) => row.includes(',true,'))).toHaveLength(1_500);
  expect(new Set(rows.map((row) => row.split(',').at(-1))).size).toBe(8);
});

test.each([
  [['member/m1', 'm2'], 2, '"m2" is no subject: write member/ID or community/ID.'],
  [[], 2, 'Usage: npm run clearance'],
  [['--csv', 'nowhere.csv'], 1, 'nowhere.csv is not there: give the path of a CSV with a column "subject".'],
  [['member/m1', '--campaign', 'x'], 2, '--contact needs the mail address'],
  [['member/m1', '--campaign', 'x', '--contact', 'a@b.example\nBcc: c@d.example'], 2, '--contact needs'],
])('%j is answered with a sentence', async (args, code, sentence) => {
  const run = await clearance(args);
  expect([run.code, run.stdout, run.stderr]).toEqual([code, '', expect.stringContaining(sentence)]);
});

test('a file that is no such CSV is refused in one sentence, and nothing comes out', async () => {
  const run = await clearance(['--csv', await fileWith('x.csv', 'asset;subject\n')]);
  expect(run).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: 'x.csv lacks the column "subject" (its cells are separated by semicolons, not commas).\n',
  });
});

function clearance(args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATA_DIR: stack.dataDir };
  const options = { env, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, ['infra/commands/clearance.ts', ...args], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

async function fileWith(name: string, body: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, body);
  return file;
}
