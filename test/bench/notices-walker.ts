// Sends a notice to everybody, and nothing else in this process: node notices-walker.ts, with the environment of
// change-notices. Reports seconds of the walk and of a count, CPU time, members, and peak memory.
import { begin } from '../../functions/change-notices/begin.ts';
import { claimNotice } from '../../functions/change-notices/claim-notice.ts';
import { count } from '../../functions/change-notices/count.ts';
import { walk } from '../../functions/change-notices/walk.ts';
import { recordNotice } from '../../shared/notices/store.ts';

export interface Walked {
  members: number;
  walkSeconds: number;
  /** Of this process, in the walk. */
  cpuSeconds: number;
  countSeconds: number;
  /** Of the process before and at its most, in MB. */
  baseMb: number;
  peakMb: number;
}

const at = new Date().toISOString();
const by = { id: 'o1', name: 'Otto Officer' };
const text = { subject: 'Our privacy policy changes', markdown: 'From **next month** on. '.repeat(100) };
const notice = await recordNotice({
  ...{ title: text.subject, nonce: 'ab'.repeat(32), state: 'scheduled', createdAt: at, listed: 'yes', by, history: [] },
  texts: { en: text, de: text, fr: text },
  ...{ fallback: 'en', effectiveOn: '2099-01-01', sendAt: at, zone: 'UTC', bannerUntil: '2099-02-01T00:00:00.000Z' },
  audience: { who: 'all' },
  ...{ active: 'scheduled', dueAt: at },
});
const work = (await claimNotice(notice, 'bench'))!;
const baseMb = process.resourceUsage().maxRSS / 1024;
const unhurried = () => true;
await begin(work);
const before = process.cpuUsage();
const walkSeconds = await secondsOf(() => walk(work, unhurried));
const { user, system } = process.cpuUsage(before);
const cpuSeconds = (user + system) / 1e6;
const countSeconds = await secondsOf(() => count(work, unhurried));
const { walk: walked, tally } = work.notice;
if (!walked?.doneAt || tally?.queued !== walked.audience) throw new Error('The numbers do not add up.');
const peakMb = process.resourceUsage().maxRSS / 1024;
const result: Walked = { members: walked.audience, walkSeconds, cpuSeconds, countSeconds, baseMb, peakMb };
process.send?.(result, () => process.disconnect());

async function secondsOf(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
}
