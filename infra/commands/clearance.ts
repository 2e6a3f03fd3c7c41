import { checkClearance, readSubject } from '../../shared/clearance/check.ts';
import { connect } from './stack.ts';

/**
 * `npm run clearance -- SUBJECT…`: may we use these images now? One JSON object a line, in the order asked for. Exit 1
 * when it could not be asked; that an image may not be used is an answer, not a failure.
 */
process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  return 1;
});

async function main(args: string[]): Promise<number> {
  const wrong = args.find((text) => !readSubject(text));
  if (wrong !== undefined || args.length === 0) {
    if (wrong !== undefined) console.error(`"${wrong}" is no subject: write member/ID or community/ID.`);
    console.error('Usage: npm run clearance -- SUBJECT…   for example member/1001 community/garden-club');
    return 2;
  }
  connect();
  for (const { subject, scopes } of await checkClearance(args.map((text) => readSubject(text)!))) {
    console.log(JSON.stringify({ subject, ...scopes }));
  }
  return 0;
}
