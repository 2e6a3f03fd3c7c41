import { openIntake } from './intake.ts';

/**
 * The services of the bench, and the making of its files, in a process of their own, so that the function's memory is
 * its own. Ends with its parent.
 */
const intake = await openIntake();
process.on('message', async ({ key, rows }: { key: string; rows: number }) => {
  await intake.put(key, directory(rows));
  process.send!({ body: intake.queue.pop()!.body });
});
process.on('disconnect', () => process.exit(0));
process.send!({ endpoint: process.env.AWS_ENDPOINT_URL });

/** Like a site's: two addresses for some, a manager in every hundred. About 110 bytes a row. */
function directory(rows: number): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const other = n % 3 ? '' : `other.${n}@example.net`;
    return `${n},member_${n},Firstname${n % 5000} Lastname${n},member.${n}@example.org,${other},${n % 100 ? '' : `c${n}`},en-GB,2014-12-13T10:00:00Z\n`;
  });
  return `memberId,handle,name,primaryEmail,otherEmails,manages,locale,createdAt\n${lines.join('')}`;
}
