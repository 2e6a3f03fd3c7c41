import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder under /tmp that is gone afterwards, whatever happened. */
export async function inScratchFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  await removeLeftOver(Date.now());
  const folder = await mkdtemp(join(tmpdir(), prefix));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const prefix = 'in-writing-export-';

/** Lambda keeps /tmp when it starts a function anew that ran out of time or memory. None runs for an hour. */
async function removeLeftOver(now: number): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const path of names.map((name) => join(tmpdir(), name))) {
    const found = await stat(path).catch(() => undefined);
    if (found && now - found.mtimeMs > hour) await rm(path, { recursive: true, force: true });
  }
}

const hour = 60 * 60 * 1000;
