// A stack whose notices queue nobody reads, with as many members as asked for, in a process of its own, so that the
// memory of whoever walks over them is its own: node notices-services.ts MEMBERS. Reports the environment of
// change-notices, and ends with its parent.
import { startLocalStack } from '../local-stack.ts';
import { loadMembers } from './notices-members.ts';

const members = Number(process.argv[2]);
const stack = await startLocalStack({
  // Sending would be in the way of the figures, and so would a run by the clock.
  change: ({ Resources }) => {
    for (const [id, { Type, Properties }] of Object.entries(Resources)) {
      const reads = JSON.stringify(Properties?.EventSourceArn ?? '');
      if (Type === 'AWS::Lambda::EventSourceMapping' && reads.includes('notices')) delete Resources[id];
      if (Type === 'AWS::Scheduler::Schedule') delete Resources[id];
    }
  },
  // As if the rate were no limit: what is measured is the walk.
  quota: { max24HourSend: 1e9, maxSendRate: 1e6 },
});
const { addresses, region, credentials, outputs } = stack;
await loadMembers({ aws: addresses.aws, region, ...credentials, outputs }, members);
process.on('disconnect', () => process.exit(0));
const { environment } = stack.plan.functions.find(({ name }) => name.includes('change-notices'))!;
process.send!({
  ...environment,
  AWS_ENDPOINT_URL: addresses.aws,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});
