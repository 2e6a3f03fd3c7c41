import { randomBytes } from 'node:crypto';
import { addMonths } from '../clock.ts';
import { envNumber } from '../env.ts';
import { errorName } from '../errors.ts';
import { evidenceKeys, keep, readEvidenceJson } from '../evidence/store.ts';
import type { Clearance } from './check.ts';

/** A check as it was answered: proof, years later, of who asked about whom, when, and what we said. */
export interface KeptCheck {
  /** `C-YYYYMMDD-XXXXXXXXXX`: the day in UTC, and 50 bits in Crockford's base32. */
  checkId: string;
  /** When it was answered, ISO 8601 in UTC. */
  at: string;
  by: Asker;
  /** What the images were wanted for. */
  campaign?: Campaign;
  /** Which lines of which file it was about. */
  file?: { name: string; firstLine: number; lastLine: number };
  results: Clearance[];
}

/** A program with its client id, a person at the desk, or whoever is at the terminal of the stack. */
export interface Asker {
  kind: 'machine' | 'person' | 'terminal';
  id: string;
  name?: string;
}

export interface Campaign {
  /** Checks of one name are about one campaign. */
  name: string;
  /** Address of whoever can take it down. */
  contact: string;
}

export function newCheckId(at: string): string {
  const bits = Array.from(randomBytes(7), (byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: 10 }, (_, n) => alphabet[Number.parseInt(bits.slice(n * 5, n * 5 + 5), 2)]);
  return `C-${at.slice(0, 10).replaceAll('-', '')}-${letters.join('')}`;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The id in what people type or paste, in any case; undefined for anything else. */
export function readCheckId(text: string): string | undefined {
  const id = text.trim().toUpperCase();
  return /^C-\d{8}-[0-9A-HJKMNP-TV-Z]{10}$/.test(id) ? id : undefined;
}

/** Keeps a check, once, for as long as requests are kept. */
export async function keepCheck(check: KeptCheck): Promise<void> {
  const until = addMonths(check.at, envNumber('requestRetentionMonths'));
  await keep(evidenceKeys.check(check.checkId), JSON.stringify(check), 'application/json', until);
}

/** Undefined for one that never was, or that is no longer kept. */
export async function readCheck(checkId: string): Promise<KeptCheck | undefined> {
  try {
    return await readEvidenceJson<KeptCheck>(evidenceKeys.check(checkId));
  } catch (error) {
    if (errorName(error) === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** One line that people can read, trimmed: it becomes a key, a heading, and part of a mail. */
export const isCampaignName = (text: string): boolean =>
  /^[^\p{C}\p{Zl}\p{Zp}]{1,120}$/u.test(text) && text === text.trim() && text !== '';

/** One bare address: no name, no comment, no second one, and no line break that would begin another header. */
export const isContact = (text: string): boolean =>
  text.length <= 254 &&
  /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@[^\s\p{C}@<>()[\]\\,;:"]+\.[^\s\p{C}@<>()[\]\\,;:".]+$/u.test(text);
