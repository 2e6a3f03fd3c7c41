import { GetObjectCommand, GetObjectRetentionCommand } from '@aws-sdk/client-s3';
import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import axe, { type AxeResults } from 'axe-core';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { type Desk, signIn, signInOn } from '../desk.ts';
import { type Api, apiOf, tokenOf } from '../functions/clearance/machines.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;
let api: Api;
let marketing: Desk;
const campaign = { name: 'Spring newsletter', contact: 'campaigns@site.example' };

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  await walk.haveMembers(
    'm1,ann,Ann Example,ann@example.org,,gardeners,en,2020-01-01T00:00:00Z',
    'm2,bob,Bob Example,bob@example.org,,,en,2020-01-01T00:00:00Z',
    'm5,kim,Kim Example,kim@example.org,,,en,2020-01-01T00:00:00Z',
    'm4,dan,Dan Example,dan@example.org,,,en,2020-01-01T00:00:00Z',
    'm3,eve,=Eve Example,eve@elsewhere.invalid,,,en,2020-01-01T00:00:00Z',
  );
  api = apiOf(stack, await tokenOf(stack));
  marketing = await signIn(stack, 'marketing');
});
afterAll(() => stack?.stop());

const check = async (subjects: string[], about = campaign) => {
  const asked = { subjects: subjects.map((subject) => ({ subject })), campaign: about };
  const answer = await api.post('/check', asked);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { checkId: string; results: { allowed: boolean }[] };
};

const optOut = async (from: string, messageId = `<${from}>`) => {
  await stack.send({
    ...{ from, to: 'privacy@inwriting.example', messageId },
    ...{ subject: 'REMOVE FROM MARKETING MATERIALS', text: 'Thank you.' },
  });
  return walk.settled(messageId);
};

const recalls = async () => {
  const scan = new ScanCommand({ TableName: stack.outputs.RecallsTable, ConsistentRead: true });
  return (await stack.dynamodb.send(scan)).Items ?? [];
};

const tokens = () => stack.plan.functions.find(({ name }) => name === 'deadlines')!.environment.TOKENS_TABLE;
const run = () => stack.runSchedule(stack.plan.schedules.find(({ name }) => /deadlines/i.test(name))!.name);
/** As if all that was opened and told had been so a day before. */
const aDayLater = async () => {
  const then = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const { Items = [] } = await stack.dynamodb.send(new ScanCommand({ TableName: tokens() }));
  const told = Items.filter(({ token }) => token.startsWith('recalls/'));
  for (const { token } of told) await set(tokens(), { token }, 'toldAt', then(24.1));
  for (const { recallId } of await recalls()) await set(stack.outputs.RecallsTable, { recallId }, 'openedAt', then(25));
};
const set = (TableName: string | undefined, Key: Record<string, string>, name: string, value: unknown) =>
  stack.dynamodb.send(
    new UpdateCommand({
      ...{ TableName, Key, UpdateExpression: 'SET #name = :value' },
      ...{ ExpressionAttributeNames: { '#name': name }, ExpressionAttributeValues: { ':value': value } },
    }),
  );
const mailsTo = async (address: string) => {
  const mails = stack.mailbox.list().filter(({ to }) => to.includes(address));
  return Promise.all(mails.map(({ id }) => simpleParser(stack.mailbox.read(id)!)));
};

describe('marketing checks a campaign', () => {
  test('and a member who opts out by mail afterwards is recalled from it, of every scope that was cleared', async () => {
    const { checkId, results } = await check(['member/m1', 'community/gardeners', 'member/m2']);
    expect(results.map(({ allowed }) => allowed)).toEqual([true, true, true]);
    const { requestId, receivedAt } = await optOut('ann@example.org');
    const found = await recalls();
    expect(found.map(({ subject, scope }) => `${subject} ${scope}`).sort()).toEqual([
      'community/gardeners header-graphic',
      'community/gardeners pages',
      'member/m1 profile-images',
    ]);
    for (const recall of found) {
      expect(recall).toMatchObject({
        ...{ campaign: campaign.name, contact: campaign.contact, checkId, requestId, requestedAt: receivedAt },
        standing: 'open',
      });
    }
  });

  test('a second opt-out of the same member recalls nothing a second time, and neither does a check that says no', async () => {
    expect((await check(['member/m1'])).results[0]!.allowed).toBe(false);
    await optOut('ann@example.org', '<ann-again@example.org>');
    expect(await recalls()).toHaveLength(3);
  });

  test('a hold recalls as well, and once it is released the images may be used again', async () => {
    await check(['member/m3'], { ...campaign, name: 'Autumn' });
    await optOut('eve@elsewhere.invalid');
    expect((await recalls()).filter((recall) => recall.campaign === 'Autumn')).toHaveLength(1);
    expect(await (await marketing('/recalls')).text()).toContain('On hold');
    await set(stack.outputs.OptOutsTable, { subject: 'member/m3' }, 'scopes', {});
    expect(await (await marketing('/recalls')).text()).toContain('May be used again');
  });
});

/** All mails to the contact, once there are more than so many. */
const moreMailsThan = (count: number) =>
  until(async () => {
    const mails = await mailsTo(campaign.contact);
    return mails.length > count ? mails : undefined;
  });

describe('the contact of the campaign', () => {
  test('has one mail a day, with what is to be taken down and no name of anybody', async () => {
    await run();
    const [mail] = await moreMailsThan(0);
    expect(mail!.subject).toBe('Take down from “Spring newsletter”: 3 things');
    expect(mail!.text).toMatch(/- member\/m1: images of the profile page, asked for on .* \(new\)/);
    expect(mail!.text).toContain(`${stack.addresses.http}/desk/recalls`);
    expect(mail!.text).not.toMatch(/Ann|W-/);
    expect(mail!.replyTo).toBeUndefined();
    await run();
    expect(await mailsTo(campaign.contact)).toHaveLength(1);
  });

  test('has another one a day later while something is open, and none about what may be used again', async () => {
    await aDayLater();
    await run();
    const mails = await moreMailsThan(1);
    expect(mails.map(({ subject }) => subject)).toEqual(Array(2).fill('Take down from “Spring newsletter”: 3 things'));
    expect(mails[1]!.text).not.toContain('(new)');
  });

  test('is told of what was asked about at the desk as well, and the desk says when', async () => {
    const asked = { subjects: 'member/m4', campaign: 'Brand', contact: 'spring@brand.example' };
    const { status } = await marketing('/clearance', { method: 'POST', body: new URLSearchParams(asked) });
    expect(status).toBe(303);
    await optOut('dan@example.org');
    const group = async () => (await (await marketing('/recalls')).text()).split('>Brand<')[1];
    expect(await group()).toContain('Mail to the contact: by <time');
    await run();
    const [mail] = await until(async () => {
      const mails = await mailsTo('spring@brand.example');
      return mails.length > 0 ? mails : undefined;
    });
    expect(mail!.subject).toBe('Take down from “Brand”: one thing');
    await until(async () => (await group())?.includes('Last mail to the contact: <time') || undefined);
  });

  test('hears of what is new with the next hour, also where it had a mail on that day', async () => {
    await marketing('/clearance', {
      method: 'POST',
      body: new URLSearchParams({ subjects: 'm5', campaign: 'Brand', contact: 'spring@brand.example' }),
    });
    await optOut('kim@example.org');
    await run();
    const mails = await until(async () => {
      const found = await mailsTo('spring@brand.example');
      return found.length > 1 ? found : undefined;
    });
    expect(mails[1]!.text).toMatch(/member\/m5: .*\(new\)\s.*member\/m4: (?!.*\(new\))/s);
    await run();
    expect(await mailsTo('spring@brand.example')).toHaveLength(2);
  });

  test('the figures are in the log for CloudWatch', () => {
    const lines = stack.trace.recent().map((event) => JSON.stringify(event));
    expect(lines.some((line) => line.includes('"OpenRecalls":4'))).toBe(true);
  });
});

describe('the do-not-use list', () => {
  const listOf = async (path: string) => {
    const answer = await marketing(`${path}/file`);
    return (await fetch(answer.headers.get('location')!)).text();
  };

  test('is made for marketing as of now, of what is not clear alone', async () => {
    const body = new URLSearchParams({ kind: 'do-not-use', subject: 'now' });
    const { status, headers } = await marketing('/exports', { method: 'POST', body });
    expect(status).toBe(303);
    const path = headers.get('location')!.replace('/desk', '');
    await until(async () => (await (await marketing(path)).text()).includes('Download'));
    const lines = (await listOf(path)).trim().split('\n');
    expect(lines[0]).toBe('subject,name,scope,state,since,request_ids');
    expect(lines.slice(1).sort()).toEqual([
      expect.stringMatching(/^community\/gardeners,,header-graphic,blocked,.*Z,W-/),
      expect.stringMatching(/^community\/gardeners,,pages,blocked,.*Z,W-/),
      expect.stringMatching(/^member\/m1,Ann Example,profile-images,blocked,.*Z,W-/),
      expect.stringMatching(/^member\/m4,Dan Example,profile-images,blocked,.*Z,W-/),
      expect.stringMatching(/^member\/m5,Kim Example,profile-images,blocked,.*Z,W-/),
    ]);
  });

  test('lies in the evidence once a day, locked', async () => {
    const Key = `do-not-use/${new Date().toISOString().slice(0, 10)}.csv`;
    const Bucket = stack.outputs.EvidenceBucket;
    const { Body } = await until(() => stack.s3.send(new GetObjectCommand({ Bucket, Key })).catch(() => undefined));
    expect(await Body!.transformToString()).toContain('member/m1,Ann Example,profile-images,blocked');
    const { Retention } = await stack.s3.send(new GetObjectRetentionCommand({ Bucket, Key }));
    expect(Date.parse(`${Retention!.RetainUntilDate}`)).toBeGreaterThan(Date.now() + 600 * 86_400_000);
  });

  test('is made by nobody else, and nobody can make one of another day', async () => {
    const body = new URLSearchParams({ kind: 'do-not-use', subject: '2026-01-01' });
    expect((await marketing('/exports', { method: 'POST', body })).status).toBe(400);
    const reviewer = await signIn(stack, 'reviewer');
    const now = new URLSearchParams({ kind: 'do-not-use', subject: 'now' });
    expect((await reviewer('/exports', { method: 'POST', body: now })).status).toBe(403);
  });
});

describe.skipIf(process.platform !== 'linux')('at the desk', () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    page.on('console', (line) => complaints.push(line.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await signInOn(page, stack, 'Mona Marketing', '/recalls');
  });
  afterAll(() => browser?.close());

  const spring = () => page.getByRole('region', { name: 'Spring newsletter' });

  test('what is open stands under its campaign, and nothing is marked without a tick and words', async () => {
    expect(await page.getByRole('navigation', { name: 'Desk' }).innerText()).toMatch(/Recalls/);
    expect(await spring().getByRole('checkbox').count()).toBe(3);
    expect(await spring().getByText('Ann Example @ann').count()).toBe(1);
    await spring().getByLabel('What was done').fill('Taken out of the newsletter.');
    await spring().getByRole('button', { name: 'Mark as done' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('Tick what was taken down.');
    expect(await spring().getByLabel('What was done').inputValue()).toBe('Taken out of the newsletter.');
  });

  test('a person marks it as done, and the figure is shown', async () => {
    await spring().getByRole('checkbox', { name: 'Ann Example' }).check();
    await spring().getByRole('button', { name: 'Mark as done' }).click();
    await page.getByText('One recall is marked as done.').waitFor();
    expect(await spring().getByRole('checkbox').count()).toBe(2);
    expect(await page.getByText('From a member’s request to its recall:').innerText()).toMatch(
      /second.*until it was marked as done/,
    );
    const [done] = (await recalls()).filter(({ standing }) => standing === 'done');
    expect(done).toMatchObject({
      subject: 'member/m1',
      steps: [{ standing: 'done', by: { name: 'Mona Marketing' }, words: 'Taken out of the newsletter.' }],
    });
  });

  test('the contact hears of what is open alone', async () => {
    await aDayLater();
    await run();
    const mails = await moreMailsThan(2);
    expect(mails[2]!.subject).toBe('Take down from “Spring newsletter”: 2 things');
    expect(mails[2]!.text).not.toContain('member/m1');
  });

  test('what was done can be opened again', async () => {
    await page.getByRole('link', { name: 'Done', exact: true }).click();
    expect(await page.getByText('Taken out of the newsletter.').count()).toBe(1);
    await page.getByRole('button', { name: 'Open again' }).click();
    await page.getByText('One recall is open again.').waitFor();
    expect((await recalls()).filter(({ standing }) => standing === 'done')).toEqual([]);
  });

  test('axe objects to nothing, nothing scrolls sideways, wide and narrow, light and dark', async () => {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 1280],
      ['light', 360],
      ['dark', 360],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of ['/recalls', '/recalls?standing=done']) {
        await page.goto(`${stack.addresses.http}/desk${path}`);
        expect([path, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([path, 0]);
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
        expect(violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
        if (process.env.SHOTS)
          await page.screenshot({
            path: `${process.env.SHOTS}/${path.replace(/\W+/g, '-')}-${width}-${colorScheme}.png`,
            fullPage: true,
          });
      }
    }
    // The form that came back without a tick.
    expect(complaints.filter((line) => !line.includes('400 (Bad Request)'))).toEqual([]);
  });
});
