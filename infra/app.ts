import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newApp } from './assembly.ts';
import { bundleFunctions } from './bundle.ts';
import { InWriting } from './stack.ts';
import { findStage } from './stage.ts';

/**
 * What the CDK command runs (cdk.json); `cdk synth -c stage=local` picks another stage than production. The bundles are
 * copied into cdk.out at once, so they are made in a folder of their own and disturb no local stack that is running.
 */
const bundles = await mkdtemp(join(tmpdir(), 'inwriting-bundles-'));
try {
  const app = newApp();
  new InWriting(app, findStage(app.node.tryGetContext('stage')), await bundleFunctions(bundles));
  app.synth();
} finally {
  await rm(bundles, { recursive: true, force: true });
}
