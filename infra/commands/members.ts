import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { describeResult, type ImportProgress } from '../../shared/members/imports.ts';
import { importDirectory } from './import-directory.ts';
import { openMeter } from './meter.ts';
import { connect } from './stack.ts';

/**
 * `npm run members -- import F.csv [--full] [--confirm-removals]`: brings a directory into the running stack and prints
 * what came of it. Exit 1 when the file was refused or has bad rows, 2 when the command is not understood.
 */
process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  return 1;
});

async function main(args: string[]): Promise<number> {
  const { file, ...options } = read(args);
  if (!file) return usage();
  const { outputs } = connect();
  const meter = openMeter(process.stderr);
  try {
    const result = await importDirectory(file, {
      ...options,
      bucket: outputs.IntakeBucket!,
      onUpload: (bytes, size) => meter.show('uploading', bytes, size),
      onProgress: (progress) => meter.show(...asStep(progress)),
    });
    meter.stop();
    for (const line of describeResult(result, basename(file))) console.log(line);
    return result.outcome === 'imported' && result.counts.bad === 0 ? 0 : 1;
  } finally {
    meter.stop();
  }
}

function read(args: string[]) {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { full: { type: 'boolean' }, 'confirm-removals': { type: 'boolean' } },
    });
    const isImport = positionals[0] === 'import' && positionals.length === 2;
    const mode = values.full ? ('full' as const) : undefined;
    return { file: isImport ? positionals[1] : undefined, mode, confirmRemovals: values['confirm-removals'] };
  } catch {
    return {};
  }
}

function usage(): number {
  console.error(
    'Usage: npm run members -- import F.csv [--full] [--confirm-removals]\nA file is a delta unless its name begins with full- or --full is given: then whoever is not in it is removed.',
  );
  return 2;
}

function asStep({ phase, offset, size, counts }: ImportProgress): [string, number, number] {
  if (phase === 'check') return ['checking', 0, size];
  if (phase === 'write') return ['importing', offset, size];
  return [`removing (${counts.removed} so far)`, size, size];
}
