import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';

export interface DataFolder {
  /** The path of something in the folder. */
  path(name: string): string;
  release(): Promise<void>;
}

/** Takes the folder for this process. Throws a sentence when another stack has it, or when it cannot be written. */
export async function takeDataFolder(dir: string): Promise<DataFolder> {
  const path = (name: string) => join(dir, name);
  try {
    mkdirSync(dir, { recursive: true });
    clearAfterKill(path('lock'), path('owner.pid'));
    // A laptop that slept finds its lock out of date; LevelDB's own lock still keeps a second stack out.
    const options = { lockfilePath: path('lock'), stale: 30_000, onCompromised: () => undefined };
    const release = await lock(dir, options);
    writeFileSync(path('owner.pid'), String(process.pid));
    return {
      path,
      async release() {
        rmSync(path('owner.pid'), { force: true });
        await release();
      },
    };
  } catch (error) {
    throw new Error(explain(error as NodeJS.ErrnoException, dir));
  }
}

/** A killed process leaves its lock behind. Of several that find it, the one that can rename the owner removes it. */
function clearAfterKill(lockFolder: string, owner: string): void {
  const pid = pidIn(owner);
  if (!pid || isAlive(pid)) return;
  try {
    renameSync(owner, `${owner}.gone`);
    rmSync(`${owner}.gone`);
    rmdirSync(lockFolder);
  } catch {}
}

function pidIn(owner: string): number | undefined {
  try {
    return Number(readFileSync(owner, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function explain({ code, message }: NodeJS.ErrnoException, dir: string): string {
  if (code !== 'ELOCKED') return `The data folder ${dir} cannot be used (${message}): set DATA_DIR to another one.`;
  const pid = pidIn(join(dir, 'owner.pid')) ?? 'unknown';
  return `Another stack (process ${pid}) uses ${dir}: stop it, or set DATA_DIR to another folder.`;
}
