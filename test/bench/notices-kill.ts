import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openMailbox } from '../../infra/local/mailbox.ts';
import { readShard, shards } from '../../shared/deliveries/of-notice.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { readNotice, recordNotice } from '../../shared/notices/store.ts';
import { type StackFile, startStackProcess, stopStackProcess } from '../stack-process.ts';
import type { Figure } from './figures.ts';
import { actAsOperator, loadMembers } from './notices-members.ts';
import { inScratchFolder } from './scratch-folder.ts';

const members = 5_000;
const kills = 10;

/**
 * A notice to 5,000 members by the whole stack, which is killed ten times meanwhile (SIGKILL, at random moments) and
 * started again. Whom it missed, and who had it twice, is counted in the mailbox.
 */
export const killNotices = (): Promise<Figure[]> =>
  inScratchFolder(async (folder) => {
    const dataDir = join(folder, 'data');
    const { amid, noticeId, possible } = await sendAndKill(dataDir);
    const received = await receivedBy(dataDir, noticeId);
    const missed = members - received.size;
    const duplicates = [...received].filter(([, count]) => count > 1);
    const twice = duplicates.reduce((sum, [, count]) => sum + count - 1, 0);
    const unrecorded = duplicates.filter(([address]) => !possible.has(address)).length;
    return [
      {
        what: `notices, kill -9 at ${kills} random moments of a notice to ${members.toLocaleString('en')} members (${amid} of them before the last mail was out): missed`,
        ours: `${missed}`,
        yardstick: '0',
        ratio: missed,
        mark: { most: 0 },
      },
      {
        what: 'notices, the same: mails that came twice, of one allowed a kill',
        ours: `${twice}`,
        yardstick: `${kills}`,
        ratio: twice / kills,
        mark: { most: 1 },
      },
      {
        what: 'notices, the same: mails that came twice and are not recorded as possible duplicates',
        ours: `${unrecorded} (${possible.size} recorded)`,
        yardstick: '0',
        ratio: unrecorded,
        mark: { most: 0 },
      },
    ];
  });

async function sendAndKill(dataDir: string) {
  let stack = await startStackProcess(dataDir);
  try {
    await actAsOperator(stack.file);
    await loadMembers(stack.file, members);
    const { noticeId } = await scheduled();
    let amid = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const stop = keepRunning(stack.file);
      // Where a killed run had the lease, nothing happens for some seconds: a kill then would prove nothing.
      await goesOn(noticeId);
      await pause(Math.random() * 1_500);
      const { sent } = await progress(noticeId);
      if (sent < members) amid += 1;
      stop();
      await stopStackProcess(stack.process, 'SIGKILL');
      stack = await startStackProcess(dataDir);
      await actAsOperator(stack.file);
    }
    const stop = keepRunning(stack.file);
    const { possible } = await finished(noticeId);
    stop();
    return { amid, noticeId, possible };
  } finally {
    await stopStackProcess(stack.process);
  }
}

/** Runs change-notices every other second: the minute of its schedule would only make the bench longer. */
function keepRunning({ http }: StackFile): () => void {
  const run = async () => {
    const { schedules } = (await (await fetch(`${http}/_local/setup`)).json()) as { schedules: { name: string }[] };
    const { name } = schedules.find((schedule) => schedule.name.includes('change-notices'))!;
    await fetch(`${http}/_local/schedules/${name}`, { method: 'POST' });
  };
  const timer = setInterval(() => void run().catch(() => {}), 2_000);
  void run().catch(() => {});
  return () => clearInterval(timer);
}

/** To the members that were loaded, and not to those of the demo. */
function scheduled(): Promise<Notice> {
  const at = new Date().toISOString();
  const by = { id: 'o1', name: 'Otto Officer' };
  const text = { subject: 'Our privacy policy changes', markdown: 'From **next month** on.' };
  return recordNotice({
    ...{ title: text.subject, nonce: 'ab'.repeat(32), state: 'scheduled', createdAt: at, listed: 'yes', by },
    ...{ texts: { en: text, fi: text }, fallback: 'en', history: [] },
    ...{ effectiveOn: '2099-01-01', sendAt: at, zone: 'UTC', bannerUntil: '2099-02-01T00:00:00.000Z' },
    ...{ audience: { who: 'locales', locales: ['fi'] }, active: 'scheduled', dueAt: at },
  });
}

async function progress(noticeId: string) {
  const pages = await Promise.all(shards.map((shard) => readShard(noticeId, shard)));
  const deliveries = pages.flatMap((page) => page.deliveries);
  return {
    deliveries: deliveries.length,
    sent: deliveries.filter(({ sentAt }) => sentAt).length,
    /** Addresses whose mail may have come twice. */
    possible: new Set(deliveries.filter(({ possibleDuplicate }) => possibleDuplicate).map(({ to }) => to)),
  };
}

/** Waits until more is queued or sent than there was; not for ever, since it may be done. */
async function goesOn(noticeId: string): Promise<void> {
  const before = await progress(noticeId);
  for (const end = Date.now() + 40_000; Date.now() < end; await pause(100)) {
    const found = await progress(noticeId);
    if (found.deliveries > before.deliveries || found.sent > before.sent || found.sent >= members) return;
  }
}

/** Once everybody has it, or after some minutes: a lease of a killed process has to end first. */
async function finished(noticeId: string) {
  for (const end = Date.now() + 300_000; Date.now() < end; await pause(1_000)) {
    const { walk } = (await readNotice(noticeId))!;
    const found = await progress(noticeId);
    if (walk?.doneAt && found.sent >= members) return found;
  }
  return progress(noticeId);
}

/** How many mails of the notice each address had. */
async function receivedBy(dataDir: string, noticeId: string): Promise<Map<string, number>> {
  const mailbox = openMailbox(join(dataDir, 'ses'));
  const received = new Map<string, number>();
  for (const { to, tags } of mailbox.list()) {
    if (!tags.delivery?.startsWith(noticeId)) continue;
    for (const address of to) received.set(address, (received.get(address) ?? 0) + 1);
  }
  mailbox.close();
  return received;
}
