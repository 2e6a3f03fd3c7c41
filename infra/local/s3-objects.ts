import { randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type Bodies, type Body, openBodies } from './bodies.ts';
import type { BucketPlan } from './plan.ts';
import { s3Error } from './s3-errors.ts';

/** One version of an object. In a bucket without versioning there is one at a time, called `null`. */
export interface Version extends Body {
  seq: number;
  key: string;
  version: string;
  etag: string;
  /** Milliseconds since 1970. */
  modified: number;
  /** 1 for a delete marker. */
  marker: number;
  /** Object Lock: GOVERNANCE or COMPLIANCE, until a time in milliseconds since 1970. */
  mode: string | null;
  until: number | null;
  /** JSON of the headers that a GET gives back. */
  head: string;
}

export interface NewVersion {
  body?: Body & { md5: string };
  head?: Record<string, string>;
  retention?: { mode: string; until: number };
  /** Only where there is no such object yet. */
  ifNoneMatch?: boolean;
  marker?: boolean;
}

/**
 * The versions of all objects: rows of one SQLite database, large bodies as files beside it. A version exists once its
 * row is committed, so a killed process leaves whole objects, and stray files that the next start removes.
 * Measured: 35 µs for an object of 4 KB, against 100 µs for a temporary file that is renamed.
 */
export interface Objects {
  bodies: Bodies;
  /** The version asked for, or the latest one; a delete marker counts as one. */
  find(bucket: BucketPlan, key: string, version?: string | null): Version | undefined;
  /** Makes a version the latest one: all or nothing, also when two come at once. Throws PreconditionFailed. */
  add(bucket: BucketPlan, key: string, created: NewVersion, now: number): Version;
  /** Removes a version for good. Throws AccessDenied while it is retained. */
  remove(version: Version, options: { bypass: boolean; now: number }): void;
  /** Changes the lock of a version. */
  retain(version: Version, retention: { mode: string; until: number }): void;
  /** Latest versions by the bytes of their keys, from `after` on. */
  list(bucket: BucketPlan, prefix: string, after: string, limit: number): Version[];
  /** Resolves once everything added so far has reached the disk; without it, it has reached the kernel. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS versions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT, key TEXT, version TEXT, etag TEXT, modified INTEGER,
    marker INTEGER, mode TEXT, until INTEGER, head TEXT, size INTEGER, file TEXT, inline BLOB);
  CREATE UNIQUE INDEX IF NOT EXISTS versions_by_key ON versions (bucket, key, seq);`;

const queries = {
  latest: 'SELECT * FROM versions WHERE bucket = ? AND key = ? ORDER BY seq DESC LIMIT 1',
  one: 'SELECT * FROM versions WHERE bucket = ? AND key = ? AND version = ?',
  add: `INSERT INTO versions (bucket, key, version, etag, modified, marker, mode, until, head, size, file, inline)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
  retain: 'UPDATE versions SET mode = ?, until = ? WHERE seq = ?',
  remove: 'DELETE FROM versions WHERE seq = ? RETURNING *',
  removeAll: 'DELETE FROM versions WHERE bucket = ? AND key = ? RETURNING *',
  list: `SELECT key, etag, modified, size FROM versions AS v
    WHERE bucket = ? AND key > ? AND key >= ? AND key < ? AND marker = 0
    AND seq = (SELECT max(seq) FROM versions WHERE bucket = v.bucket AND key = v.key) ORDER BY key LIMIT ?`,
  files: 'SELECT file FROM versions WHERE file IS NOT NULL',
};

export function openObjects(dir: string): Objects {
  const bodies = openBodies(join(dir, 'bodies'));
  const database = openDatabase(dir);
  const entries = Object.entries(queries).map(([name, sql]) => [name, database.prepare(sql)]);
  const statements: Record<keyof typeof queries, ReturnType<DatabaseSync['prepare']>> = Object.fromEntries(entries);
  const rows = (name: keyof typeof queries, ...values: SQLInputValue[]) =>
    statements[name].all(...values) as unknown as Version[];
  const discard = (versions: Version[]) => {
    for (const version of versions) void bodies.discard(version);
  };
  let wal: FileHandle | undefined;
  bodies.keepOnly(rows('files').map(({ file }) => file ?? ''));

  return {
    bodies,
    find: (bucket, key, version) =>
      version ? rows('one', bucket.name, key, version)[0] : rows('latest', bucket.name, key)[0],
    add(bucket, key, created, now) {
      let replaced: Version[] = [];
      const added = transact(database, () => {
        if (created.ifNoneMatch) refuseExisting(rows('latest', bucket.name, key)[0]);
        if (!bucket.versioned) replaced = rows('removeAll', bucket.name, key);
        return rows('add', bucket.name, key, ...columns(bucket, created, now))[0]!;
      });
      discard(replaced);
      return added;
    },
    remove(version, { bypass, now }) {
      refuseRetained(version, bypass, now);
      discard(rows('remove', version.seq));
    },
    retain: ({ seq }, { mode, until }) => void statements.retain.run(mode, until, seq),
    list: ({ name }, prefix, after, limit) => rows('list', name, after, prefix, `${prefix}\u{10FFFF}`, limit),
    flush: inTurns(async () => {
      wal ??= await open(join(dir, 'objects.db-wal'), 'r+');
      await wal.sync();
    }),
    async close() {
      await wal?.close();
      database.close();
    },
  };
}

function openDatabase(dir: string): DatabaseSync {
  try {
    const database = new DatabaseSync(join(dir, 'objects.db'));
    database.exec(schema);
    return database;
  } catch (error) {
    throw new Error(
      `The data folder ${dir} cannot be read (${(error as Error).message}): move it away and start with an empty one.`,
    );
  }
}

function columns(
  bucket: BucketPlan,
  { body, head, marker = false, ...created }: NewVersion,
  now: number,
): SQLInputValue[] {
  const rule = bucket.defaultRetention;
  const retention = created.retention ?? (rule && { mode: rule.mode, until: now + rule.days * 86_400_000 });
  const locked = marker || !retention ? [null, null] : [retention.mode, retention.until];
  const identity = [bucket.versioned ? randomUUID() : 'null', body?.md5 ?? '', now, Number(marker)];
  return [
    ...identity,
    ...locked,
    JSON.stringify(head ?? {}),
    body?.size ?? 0,
    body?.file ?? null,
    body?.inline ?? null,
  ];
}

/** Two writers cannot meet here: the work is synchronous, and this process alone has the database. */
function transact<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** One run at a time; who asks during a run shares the one after it, which began late enough for all of them. */
function inTurns(work: () => Promise<void>): () => Promise<void> {
  let running = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        running = work();
        return running;
      });
    return next;
  };
}

function refuseExisting(current: Version | undefined): void {
  if (!current || current.marker) return;
  throw s3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
}

function refuseRetained({ mode, until, version }: Version, bypass: boolean, now: number): void {
  if (!until || until <= now || (mode === 'GOVERNANCE' && bypass)) return;
  const end = new Date(until).toISOString();
  throw s3Error(
    'AccessDenied',
    `Access Denied because object protected by object lock: version ${version}, until ${end}.`,
  );
}
