import { type ParsedMail, simpleParser } from 'mailparser';
import { expect } from 'vitest';
import { type LocalStack, until } from '../local-stack.ts';
import { walkOn } from './walk.ts';

/** What a walk does around a confirmation: mails that cannot be authenticated, their links, and answers to these. */
export function confirmingOn(stack: LocalStack) {
  const walk = walkOn(stack);

  /** A mail with the phrase from a domain that has no records. Returns its Message-ID. */
  async function send(from: string): Promise<string> {
    count += 1;
    const messageId = `<confirm-${count}@members.invalid>`;
    const subject = 'REMOVE FROM MARKETING MATERIALS';
    await stack.send({ from, to: 'privacy@inwriting.example', subject, text: 'Thank you.', messageId });
    return messageId;
  }

  /** The first mail to an address that holds these words in its subject or text. */
  const mailTo = (address: string, words: string): Promise<ParsedMail> =>
    until(async () => {
      const mails = stack.mailbox.list().filter(({ to }) => to.includes(address));
      const read = await Promise.all(mails.map(({ id }) => simpleParser(stack.mailbox.read(id)!)));
      return read.find(({ subject, text }) => `${subject}\n${text}`.includes(words));
    });

  const linkTo = async (address: string): Promise<string> =>
    /http\S+\/confirm\/\w+/.exec((await mailTo(address, '/confirm/')).text!)![0];

  const post = (link: string, said: string): Promise<Response> =>
    fetch(link, { method: 'POST', body: new URLSearchParams({ said }) });

  return {
    send,
    mailTo,
    linkTo,
    post,
    /** The request of such a mail, and the link that went to the member's primary address. */
    async ask(from: string, primary = from) {
      const request = await walk.settled(await send(from));
      expect(request.state).toBe('held');
      return { request, link: await linkTo(primary) };
    },
    /** The page that an answer leads to. */
    async answer(link: string, said: 'yes' | 'no'): Promise<string> {
      const response = await post(link, said);
      expect(response.status).toBe(200);
      return response.text();
    },
    requestOf: async (requestId: string) => (await walk.requests()).find((request) => request.requestId === requestId)!,
    /** All that an answer could change. */
    everything: async (subject: string) => ({
      requests: await walk.requests(),
      optOut: await walk.optOut(subject),
      deliveries: (await walk.deliveries()).map(({ batch, delivery }) => `${batch} ${delivery}`).sort(),
    }),
    /** Who blocks and who holds the images of a member, or a scope of another subject. */
    async reasons(subject: string, scope = 'profile-images') {
      const { blockedBy, holds } = (await walk.optOut(subject))!.scopes[scope];
      return { blockedBy: Object.keys(blockedBy), holds: Object.keys(holds) };
    },
  };
}

export type Confirming = ReturnType<typeof confirmingOn>;

let count = 0;
