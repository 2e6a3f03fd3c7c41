import { measureCore } from './clearance-core.ts';

process.send!(await measureCore(Number(process.argv[2])));
process.disconnect();
