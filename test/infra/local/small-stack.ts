import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack, type StackOptions, startStack } from '../../../infra/local/stack.ts';
import type { Template } from '../../../infra/local/template.ts';
import { writeAssembly } from './small-template.ts';

const cleanUp: (() => unknown)[] = [];

/** Runs a template of a test's own, with the functions' code as text; `endSmallStacks` stops what was started. */
export async function startSmallStack(
  template: Template,
  code: Record<string, string> = {},
  options: Partial<StackOptions> = {},
): Promise<Stack & { dataDir: string }> {
  const assembly = writeAssembly(code, template);
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'in-writing-data-'));
  // First, so that a start that is refused leaves nothing behind either.
  cleanUp.push(
    () => rmSync(dataDir, { recursive: true, force: true }),
    () => rmSync(assembly.assetsDir, { recursive: true, force: true }),
  );
  const stack = await startStack({
    ...assembly,
    httpPort: 0,
    smtpPort: 0,
    awsPort: 0,
    patience: 200,
    ...options,
    dataDir,
  });
  cleanUp.push(stack.stop);
  return { ...stack, dataDir };
}

export async function endSmallStacks(): Promise<void> {
  for (const step of cleanUp.splice(0).reverse()) await step();
}

/** What an SDK client of the operator is made with. */
export function clientSettings({ addresses, region, credentials }: Stack) {
  return { endpoint: addresses.aws, region, credentials };
}
