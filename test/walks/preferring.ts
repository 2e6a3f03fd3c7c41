import type { ParsedMail } from 'mailparser';
import { simpleParser } from 'mailparser';
import { type LocalStack, until } from '../local-stack.ts';

/** What a walk does around the preferences: asking for links, reading mail, sending the form. */
export function preferringOn(stack: LocalStack) {
  const { http } = stack.addresses;
  const mails = async (address: string): Promise<ParsedMail[]> =>
    Promise.all(
      stack.mailbox
        .list()
        .filter(({ to }) => to.includes(address))
        .map(({ id }) => simpleParser(stack.mailbox.read(id)!)),
    );
  const linksTo = async (address: string): Promise<string[]> =>
    (await mails(address)).flatMap(({ text = '' }) => /http\S+\/preferences\/\w+/.exec(text)?.[0] ?? []);

  return {
    mails,
    linksTo,
    ask: (address: string) =>
      fetch(`${http}/preferences`, { method: 'POST', body: new URLSearchParams({ address }), redirect: 'manual' }),
    /** The link that comes next to an address, behind those that it had. */
    async nextLink(address: string, had = 0): Promise<string> {
      return (await until(async () => (await linksTo(address))[had])) as string;
    },
    /** The first mail to an address that has these words in its subject or text. */
    mailTo: (address: string, words: string): Promise<ParsedMail> =>
      until(async () => (await mails(address)).find(({ subject, text }) => `${subject}\n${text}`.includes(words))),
    /** The form behind a link as it is filled in when it is opened, with each choice under its legend. */
    async open(link: string) {
      const html = await (await fetch(link)).text();
      const fields = [...html.matchAll(/<fieldset.*?<legend>(.*?)<\/legend>.*?<\/fieldset>/gs)].map(
        ([whole, legend]) => ({
          legend: legend!,
          name: /name="(\w+)"/.exec(whole)![1]!,
          values: [...whole.matchAll(/value="(\w+)"/g)].map(([, value]) => value!),
        }),
      );
      return { html, fields };
    },
    save: (link: string, form: Record<string, string>) =>
      fetch(link, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }),
  };
}
