import { type ChildProcess, fork } from 'node:child_process';

/** Starts a module of the bench as a process of its own. */
export const start = (module: string, parameters: string[], env: Record<string, string> = {}): ChildProcess =>
  fork(`${import.meta.dirname}/${module}`, parameters, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

/** The first message of a process. Rejects when it ends without one, so that no bench waits for ever. */
export const messageOf = <Message>(child: ChildProcess): Promise<Message> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message));
    child.once('exit', (code, signal) =>
      reject(new Error(`${child.spawnargs[1]} ended with ${code ?? signal} and no result.`)),
    );
  });
