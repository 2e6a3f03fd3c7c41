import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { channelWords } from './names.tsx';

/** What a request is called: a mail by its subject, paper by what it is and whom it is from. `name`: of its member. */
export function titleOf(request: WrittenRequest, name?: string): string {
  const { channel, summary, scans = [], decision, choice } = request;
  if (channel === 'email' || choice) return summary.subject?.trim() || `${channelWords[channel]} without a subject`;
  if (decision.rule === 'statement') return name ? `Statement of ${name}` : 'Statement on record';
  if (name) return `${papers[channel]} from ${name}`;
  const pages = scans.reduce((sum, scan) => sum + (scan.pages ?? 0), 0);
  const parts = [papers[channel], pages > 0 && counted(pages), summary.from && `from ${summary.from}`];
  return parts.filter(Boolean).join(', ');
}

const papers = { letter: 'Letter', fax: 'Fax', other: 'Paper' } as const;

const counted = (pages: number): string => (pages === 1 ? '1 page' : `${pages} pages`);

/** The member whom a request is about, where one is known. */
export const memberIdOf = ({ who }: Pick<WrittenRequest, 'who'>): string | undefined =>
  who?.startsWith('member/') ? who.slice('member/'.length) : undefined;
