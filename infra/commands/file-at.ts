import { stat } from 'node:fs/promises';

/** Size of a file that a command was given. Throws a sentence with the mend where there is none. */
export async function fileAt(path: string, what: string): Promise<{ size: number }> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return found;
  throw new Error(`${path} ${found ? 'is no file' : 'is not there'}: give the path of ${what}.`);
}
