import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { noticeMail } from '../../functions/mail-sender/notice-mail.ts';
import { noticeDeliveryKey } from '../../shared/deliveries/of-notice.ts';
import { variables } from '../../shared/env.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { renderNotice } from '../../shared/notices/render.ts';
import { type Figure, median } from './figures.ts';

const rounds = 5;
const mails = 2_000;

/** Mails of one notice that one core builds, ours against MailComposer alone with the rendered text, in turns. */
export async function noticeBuilding(): Promise<Figure[]> {
  Object.assign(process.env, settings);
  try {
    return await compare();
  } finally {
    for (const name of Object.keys(settings)) delete process.env[name];
  }
}

async function compare(): Promise<Figure[]> {
  const facts = { language: 'en', siteName: 'Example', noticeUrl: 'https://example.org/n', effectiveOn: '2030-01-01' };
  const rendered = renderNotice(notice.texts.en!, facts);
  const [ours, alone]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await rateOf((number) => composeAlone(rendered, number)));
    ours.push(await rateOf(buildOurs));
  }
  const [best, yardstick] = [median(ours), median(alone)];
  return [
    {
      what: `building mails of a notice (${rendered.html.length.toLocaleString('en')} characters of HTML)`,
      ours: `${Math.round(best).toLocaleString('en')}/s`,
      yardstick: `MailComposer alone ${Math.round(yardstick).toLocaleString('en')}/s`,
      ratio: best / yardstick,
      mark: { least: 5 },
    },
  ];
}

async function rateOf(build: (number: number) => Promise<Buffer>): Promise<number> {
  const start = performance.now();
  for (let number = 0; number < mails; number += 1) await build(number);
  return mails / ((performance.now() - start) / 1000);
}

/** As for each recipient of a message: the delivery's key, and the mail. */
async function buildOurs(number: number): Promise<Buffer> {
  const build = await noticeMail(notice, 'en');
  return build(`member${number}@example.org`, noticeDeliveryKey(notice.noticeId, `m${number}`));
}

const composeAlone = ({ subject, text, html }: { subject: string; text: string; html: string }, number: number) =>
  new MailComposer({
    from: 'Example <notices@example.org>',
    replyTo: 'privacy@example.org',
    to: `member${number}@example.org`,
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': 'en' },
  })
    .compile()
    .build();

const paragraph =
  'From **the first of January** on, we *no longer* share the pictures of your profile with partners. ' +
  'Read [the new policy](https://example.org/policy), and write to us if you have questions – “naïve” ones as well.\n\n';

const notice = {
  noticeId: 'N-BENC-HM4R',
  hash: 'bench',
  texts: { en: { subject: 'Our privacy policy changes', markdown: `## What changes\n\n${paragraph.repeat(15)}` } },
  fallback: 'en',
  effectiveOn: '2030-01-01',
} as Partial<Notice> as Notice;

const settings = {
  [variables.siteName]: 'Example',
  [variables.publicUrl]: 'https://example.org',
  [variables.sender]: 'Example <privacy@example.org>',
  [variables.noticesSender]: 'Example <notices@example.org>',
};
