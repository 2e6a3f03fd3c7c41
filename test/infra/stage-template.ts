import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib/core';
import { newApp } from '../../infra/assembly.ts';
import { functionNames } from '../../infra/bundle.ts';
import { InWriting } from '../../infra/stack.ts';
import { findStage, type Stage } from '../../infra/stage.ts';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties of any CloudFormation type.
  Properties: any;
  DependsOn?: string[];
  DeletionPolicy?: string;
  Metadata: { 'aws:cdk:path': string };
}

export interface Template {
  Parameters: Record<string, unknown>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: unknown }>;
}

/** The template of a stage with settings changed for the test. Function code is a stub: its bundles have own tests. */
export function templateOf(stageName: string, changes: Partial<Stage> = {}, prepare: (app: App) => void = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'inwriting-infra-'));
  try {
    const app = newApp({ outdir: join(folder, 'cdk.out'), builtinCloudFormationValidation: false });
    const stack = new InWriting(app, { ...findStage(stageName), ...changes }, stubBundles(folder));
    prepare(app);
    const assembly = app.synth();
    return {
      template: JSON.parse(readFileSync(join(assembly.directory, stack.templateFile), 'utf8')) as Template,
      warnings: assembly.stacks[0]!.messages.map((message) => `${message.entry.data}`),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function resourcesOf(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** The construct path of a resource without the stack's and CDK's own parts: `records/members`. */
export function pathOf(template: Template, logicalId: string): string {
  const path = template.Resources[logicalId]!.Metadata['aws:cdk:path'];
  return path.replace(/^inwriting\//, '').replace(/\/(Resource|Default)$/, '');
}

function stubBundles(folder: string): string {
  const bundles = join(folder, 'bundles');
  for (const name of functionNames()) {
    mkdirSync(join(bundles, name), { recursive: true });
    writeFileSync(join(bundles, name, 'index.js'), 'exports.handler = async () => {};\n');
  }
  return bundles;
}
