import { vi } from 'vitest';
import { forgetClients } from '../../shared/aws.ts';
import { type NoticeDelivery, readShard, shards } from '../../shared/deliveries/of-notice.ts';
import type { Draft } from '../../shared/notices/draft.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import type { Outcome } from '../../shared/notices/outcome.ts';
import { approveNotice, submitNotice } from '../../shared/notices/steps.ts';
import { changeNotice, readNotice } from '../../shared/notices/store.ts';
import { createNotice } from '../../shared/notices/write.ts';
import type { LocalStack } from '../local-stack.ts';

/** What two officers do with notices, in this process, with the rights of the operator. */
export type Officers = ReturnType<typeof officersOf>;

export const anna = { id: 'o1', name: 'Anna Officer' };
export const otto = { id: 'o2', name: 'Otto Officer' };

export function officersOf(stack: LocalStack) {
  const { addresses, region, credentials, plan } = stack;
  const { environment } = plan.functions.find(({ name }) => name.includes('change-notices'))!;
  const own = {
    ...environment,
    AWS_ENDPOINT_URL: addresses.aws,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  forgetClients();
  const schedule = plan.schedules.find(({ functionName }) => functionName.includes('change-notices'))!;

  const approved = async (changes: Partial<Draft> = {}): Promise<Notice> => {
    const written = doneOf(
      await createNotice({ nonce: `${Math.random()}`, by: anna, at: now(), draft: draft(changes) }),
    );
    const seen = { by: anna, at: now(), seen: written.version };
    const submitted = doneOf(await submitNotice(written.noticeId, seen));
    const approval = { by: otto, at: now(), hash: submitted.hash!, secondOfficer: true };
    return doneOf(await approveNotice(submitted.noticeId, approval));
  };
  return {
    approved,
    /** A notice that is due, as if its time had come. */
    async due(changes: Partial<Draft> = {}): Promise<Notice> {
      const past = inMilliseconds(-1_000);
      return changeNotice(await approved(changes), (notice) => ({ ...notice, sendAt: past, dueAt: past }));
    },
    /** A run of change-notices, as Scheduler starts it. */
    run: () => stack.runSchedule(schedule.name),
    read: async (noticeId: string): Promise<Notice> => (await readNotice(noticeId))!,
    async deliveries(noticeId: string): Promise<NoticeDelivery[]> {
      const pages = await Promise.all(shards.map((shard) => readShard(noticeId, shard)));
      return pages.flatMap(({ deliveries }) => deliveries);
    },
    /** As if the last count were an hour old. */
    async age(noticeId: string): Promise<void> {
      const notice = (await readNotice(noticeId))!;
      await changeNotice(notice, (found) => ({
        ...found,
        dueAt: found.dueAt && inMilliseconds(-3_600_000),
        tally: found.tally && { ...found.tally, countedAt: inMilliseconds(-3_600_000) },
      }));
    },
    leave() {
      vi.unstubAllEnvs();
      forgetClients();
    },
  };
}

/** What was done, or what came instead. */
export function doneOf(outcome: Outcome): Notice {
  if ('done' in outcome) return outcome.done;
  throw new Error(JSON.stringify(outcome));
}

export const now = (): string => new Date().toISOString();
export const inMilliseconds = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();
const day = 24 * 3_600_000;

export const draft = (changes: Partial<Draft> = {}): Draft => ({
  texts: {
    en: { subject: 'Our privacy policy changes', markdown: 'From **next month** on.' },
    de: { subject: 'Unsere Datenschutzerklärung ändert sich', markdown: 'Ab **nächstem Monat**.' },
  },
  fallback: 'en',
  effectiveOn: inMilliseconds(30 * day).slice(0, 10),
  sendAt: inMilliseconds(day),
  zone: 'Europe/Berlin',
  bannerUntil: inMilliseconds(60 * day),
  audience: { who: 'all' },
  ...changes,
});
