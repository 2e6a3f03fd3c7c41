// What `npm start` does before anything runs, alone in a process: node bundle-and-synth.ts FOLDER.
import { join } from 'node:path';
import { synthesize } from '../../infra/assembly.ts';
import { bundleFunctions } from '../../infra/bundle.ts';

const [folder] = process.argv.slice(2) as [string];
synthesize('local', { bundles: await bundleFunctions(join(folder, 'bundles')), outdir: join(folder, 'assembly') });
