// Sends numbered mails over kept-open SMTP connections and reports, for each, when it began and when it was accepted.
// A process of its own, so that it costs both sides of a comparison the same.
import { createTransport } from 'nodemailer';
import { optOutMail } from './mails.ts';

export interface Sent {
  messageId: string;
  began: number;
  accepted: number;
}

const [port, first, mails, connections] = process.argv.slice(2).map(Number) as [number, number, number, number];
const transport = createTransport({
  host: '127.0.0.1',
  port,
  pool: true,
  maxConnections: connections,
  maxMessages: Number.POSITIVE_INFINITY,
  ignoreTLS: true,
});
const sent: Sent[] = [];
await Promise.all(
  Array.from({ length: connections }, async (_, connection) => {
    for (let number = connection; number < mails; number += connections) {
      const { from, raw, messageId } = optOutMail(first + number);
      const began = Date.now();
      await transport.sendMail({ envelope: { from, to: 'privacy@inwriting.example' }, raw });
      sent.push({ messageId, began, accepted: Date.now() });
    }
  }),
);
transport.close();
// A process that disconnects at once loses what does not fit into the pipe.
process.send?.(sent, () => process.disconnect());
