import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** One message that SES has sent: here it goes no further than this. */
export interface SentMail {
  /** The id that SendRawEmail returned. */
  id: string;
  at: string;
  from: string;
  to: string[];
  subject: string;
  tags: Record<string, string>;
  configurationSet?: string;
}

export interface Mailbox {
  add(mail: SentMail, raw: Buffer): void;
  /** Newest last. */
  list(): readonly SentMail[];
  /** The message as it would reach a recipient; undefined where there is none with that id. */
  read(id: string): Buffer | undefined;
  /** Returns the function that ends the subscription. */
  subscribe(subscriber: (mail: SentMail) => void): () => void;
  close(): void;
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS sent (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, mail TEXT, raw BLOB);`;

/** Everybody's mailbox in one: all mail that left, kept over restarts. */
export function openMailbox(dir: string): Mailbox {
  mkdirSync(dir, { recursive: true });
  const database = new DatabaseSync(join(dir, 'mailbox.db'));
  database.exec(schema);
  const insert = database.prepare('INSERT INTO sent (id, mail, raw) VALUES (?, ?, ?)');
  const select = database.prepare('SELECT raw FROM sent WHERE id = ?');
  const rows = database.prepare('SELECT mail FROM sent ORDER BY seq').all();
  const sent = rows.map(({ mail }) => JSON.parse(String(mail)) as SentMail);
  const subscribers = new Set<(mail: SentMail) => void>();
  return {
    add(mail, raw) {
      insert.run(mail.id, JSON.stringify(mail), raw);
      sent.push(mail);
      for (const subscriber of subscribers) setImmediate(subscriber, mail);
    },
    list: () => sent,
    read(id) {
      const raw = select.get(id)?.raw;
      return raw instanceof Uint8Array ? Buffer.from(raw) : undefined;
    },
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    close: () => database.close(),
  };
}
