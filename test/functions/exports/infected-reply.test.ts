import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameOf } from '../../../functions/exports/dossier/names.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { type Walk, walkOn } from '../../walks/walk.ts';
import { exportsOf } from './exports-of.ts';
import { readZip } from './read-zip.ts';

let stack: LocalStack;
let walk: Walk;
let exports: ReturnType<typeof exportsOf>;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  exports = exportsOf(stack);
  await walk.haveMembers('m1,ann,Ann Example,ann@example.org,,,en,2020-01-01T00:00:00Z');
});
afterAll(async () => {
  exports?.stop();
  await stack?.stop();
});

test('a reply is a mail that anybody may open, unless the virus scan stopped it', () => {
  const request = { decision: { state: 'granted' } } as WrittenRequest;
  expect(nameOf('replies/a.eml', 'message/rfc822', request)).not.toHaveProperty('dangerous');
  expect(nameOf('replies/a.eml', 'message/rfc822', request, true)).toMatchObject({
    path: 'replies/a.eml.quarantined',
    dangerous: true,
  });
});

test('a reply with a virus is in the dossier under a name that nothing opens, and the cover warns', async () => {
  const first = '<ann-1@example.org>';
  const subject = 'REMOVE FROM MARKETING MATERIALS';
  await stack.send({ from: 'ann@example.org', to: 'privacy@inwriting.example', subject, messageId: first });
  const { requestId } = await walk.settled(first);
  const to = (await walk.answerTo(first)).replyTo!.value[0]!.address!;
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
  const attachments = [{ filename: 'a.txt', content: eicar }];
  const reply = '<ann-2@example.org>';
  await stack.send({
    from: 'ann@example.org',
    to,
    subject: 'Re: Done',
    text: 'See there.',
    attachments,
    messageId: reply,
  });
  expect(await walk.settled(reply)).toMatchObject({ state: 'quarantined' });

  const exportId = await exports.start(requestId);
  expect(await exports.settled(exportId)).toMatchObject({ state: 'done' });
  const files = readZip(await exports.file(exportId));
  const replies = [...files.keys()].filter((path) => path.includes('/replies/'));
  expect(replies).toEqual([expect.stringMatching(/^evidence\/replies\/[0-9a-f]{64}\.eml\.quarantined$/)]);
  expect(files.get('cover.txt')!.toString()).toContain('WARNING: The virus scan did not pass a reply.');
  expect(files.get('cover.html')!.toString()).not.toContain('href="evidence/replies');
});
