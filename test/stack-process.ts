import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stack as StackFile } from '../infra/commands/stack.ts';

export type { StackFile };

/** The local stack as `npm start` runs it: a process of its own, that can be ended in any way. */
export async function startStackProcess(dataDir: string): Promise<{ process: ChildProcess; file: StackFile }> {
  const child = spawn(process.execPath, ['infra/local/main.ts'], {
    env: { ...process.env, DATA_DIR: dataDir, HTTP_PORT: '0', SMTP_PORT: '0', AWS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout!.on('data', (text) => (said += text));
  child.stderr!.on('data', (text) => (said += text));
  return { process: child, file: await ready(child, dataDir, () => said) };
}

/** Runs a stack for as long as it is used, and ends it whatever happened. */
export async function withStackProcess<Result>(
  dataDir: string,
  use: (file: StackFile) => Promise<Result>,
): Promise<Result> {
  const stack = await startStackProcess(dataDir);
  try {
    return await use(stack.file);
  } finally {
    await stopStackProcess(stack.process);
  }
}

/** Ends it as a person at the keyboard does, and waits for it. */
export async function stopStackProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

/** The file is written when everything listens; one that another process left behind does not count. */
async function ready(child: ChildProcess, dataDir: string, said: () => string): Promise<StackFile> {
  while (child.exitCode === null) {
    const text = await readFile(join(dataDir, 'stack.json'), 'utf8').catch(() => '');
    const file = text.endsWith('}\n') || text.endsWith('}') ? (JSON.parse(text) as StackFile) : undefined;
    if (file?.pid === child.pid) return file!;
    await pause(20);
  }
  throw new Error(`The stack ended with code ${child.exitCode}: ${said()}`);
}
