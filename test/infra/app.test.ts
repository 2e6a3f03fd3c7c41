import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { synthesize } from '../../infra/assembly.ts';
import { bundleFunctions } from '../../infra/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'inwriting-app-'));
const root = join(import.meta.dirname, '..', '..');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('cdk synth needs no AWS account, and gives the very template that the local stack runs', async () => {
  const outdir = join(folder, 'cli');
  const cdk = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  execFileSync(process.execPath, [cdk, 'synth', '--quiet', '--context', 'stage=local', '--output', outdir], {
    cwd: root,
    stdio: 'pipe',
    env: { PATH: process.env.PATH, HOME: folder, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  const bundles = await bundleFunctions(join(folder, 'bundles'));
  const { templateFile } = synthesize('local', { bundles, outdir: join(folder, 'here') });
  expect(readFileSync(join(outdir, 'inwriting.template.json'), 'utf8')).toBe(readFileSync(templateFile, 'utf8'));
});
