import { createHash } from 'node:crypto';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import axe, { type AxeResults } from 'axe-core';
import { parse } from 'csv-parse/sync';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { signIn, signInOn } from '../desk.ts';
import { readZip } from '../functions/exports/read-zip.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { walkOn } from './walk.ts';

const members = 100;
/** Three whose mail bounces, one who complains, one whose address bounced before; every third reads German. */
const rows = Array.from({ length: members }, (_, n) => {
  const address =
    n < 3
      ? `bounce+${n}@simulator.amazonses.com`
      : n < 4
        ? 'complaint@simulator.amazonses.com'
        : `m${n}@members.example`;
  return `m${n},handle.${n},Member Number${n},${address},,${n % 25 ? '' : `c${n}`},${n % 3 ? 'en' : 'de-AT'},2020-01-01T00:00:00Z`;
});
const unreachable = 'm9@members.example';

/** From the empty list to the proof. The browser of the npm package runs on Linux alone. */
describe.skipIf(process.platform !== 'linux')('two officers and a notice', () => {
  let stack: LocalStack;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];
  let noticeId: string;

  beforeAll(async () => {
    stack = await startLocalStack();
    await walkOn(stack).haveMembers(...rows);
    const Item = { pk: `unreachable/${unreachable}`, sk: 'address', since: 'x', batch: 'N-OLD-00', detail: 'x' };
    await stack.dynamodb.send(new PutCommand({ TableName: stack.outputs.MembersTable, Item }));
  });
  afterAll(() => stack?.stop());
  afterEach(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('one writes it in two languages, and sees mail, text and banner while typing', async () => {
    await open('Otto Officer', '/notices', { timezoneId: 'America/New_York' });
    await page.getByText('No notice was written yet').waitFor();
    await expectNoObjections();
    await page.getByRole('link', { name: 'Write a notice' }).click();
    // A script writes it once the page is there.
    await until(async () => (await page.inputValue('#zone')) === 'America/New_York');
    await page
      .getByText(/in New York, which is \d\d:\d\d UTC/)
      .first()
      .waitFor();

    await page.fill('#subject-en', 'From January we ask first');
    await page.fill('#markdown-en', 'We ask **before** we use images.\n\n<script>alert(1)</script>');
    await mail().getByText('before', { exact: true }).waitFor();
    await mail().getByText('<script>alert(1)</script>').waitFor();
    await page.getByRole('button', { name: 'Mail without HTML' }).click();
    await preview().getByText('**before**').waitFor({ state: 'detached' });
    await preview().locator('pre').getByText('We ask before we use images.').waitFor();
    await page.getByRole('button', { name: 'Banner' }).click();
    await preview().getByRole('heading', { name: 'From January we ask first' }).waitFor();

    await page.fill('#added', 'DE');
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.fill('#subject-de', 'Ab Januar fragen wir zuerst');
    await page.fill('#markdown-de', 'Wir fragen **vorher**.');
    await mail().getByText('Das gilt ab dem').waitFor();
    await expectNoObjections();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Nothing is sent yet.').waitFor();
    noticeId = page.url().split('/').at(-1)!;
    await page.getByText('100 members').waitFor();
    await page.getByText('1 member: mail to the address bounced').waitFor();
    await expectNoObjections();
  });

  test('what is wrong is said at its field, all that was typed stays, and nothing is sent', async () => {
    await open('Otto Officer', `/notices/${noticeId}/edit`);
    await page.selectOption('#zone', 'Europe/Berlin');
    await page.fill('#sendDay', '2027-03-28');
    await page.fill('#sendTime', '02:30');
    await page.getByText('never show 02:30: choose 01:30 or 03:30.').waitFor();
    await page.fill('#subject-en', 'Kept');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Nothing was saved yet').waitFor();
    expect([await page.inputValue('#sendTime'), await page.inputValue('#subject-en')]).toEqual(['02:30', 'Kept']);
    expectAndForget('422');
    await expectNoObjections();
    await page.fill('#sendDay', inDays(-1));
    await page.fill('#subject-de', '');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The time of sending is in the past').waitFor();
    expect(await page.getByRole('button', { name: 'Submit for approval' }).count()).toBe(0);
    await page.getByRole('link', { name: /notice in "de" has no subject/ }).click();
    await page.fill('#subject-de', 'Ab Januar fragen wir zuerst');
    await page.fill('#subject-en', 'From January we ask first');
    await page.fill('#sendDay', inDays(7));
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Nothing is sent yet.').waitFor();
    expect(stack.mailbox.list()).toEqual([]);
  });

  test('a test mail comes to the officer alone, and then the other officer is asked', async () => {
    await open('Otto Officer', `/notices/${noticeId}`);
    await page.selectOption('select[name=language]', 'de');
    await page.getByRole('button', { name: 'Send it to me' }).click();
    await page.getByText('The test mail is on its way to you.').waitFor();
    const [sent] = await until(() => (stack.mailbox.list().length > 0 ? stack.mailbox.list() : undefined));
    expect(sent).toMatchObject({ to: ['otto.officer@staff.example'], subject: '[Test] Ab Januar fragen wir zuerst' });
    await until(async () => {
      await page.reload();
      return (await page.innerText('#test')).includes('otto.officer@staff.example: delivered');
    });
    await page.getByRole('button', { name: 'Submit for approval' }).click();
    await page.getByText('Another officer has to read and approve it').waitFor();
    await page.goto(`${page.url().split('?')[0]}/approve`);
    await page.getByText('another officer has to approve it').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect(await page.locator('details.shown[open]').count()).toBe(2);
    await page.goBack();
    expect(await page.getByRole('link', { name: 'Approve …' }).count()).toBe(0);
  });

  test('who changes it while somebody else does is told who was first, and keeps what was typed', async () => {
    await open('Olga Officer', `/notices/${noticeId}/edit`);
    const other = await (await browser.newContext()).newPage();
    await signInOn(other, stack, 'Otto Officer', `/notices/${noticeId}/edit`);
    await other.fill('#subject-en', 'From January we ask you first');
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByRole('button', { name: 'Submit for approval' }).click();
    await other.getByText('Another officer has to read').waitFor();
    await page.fill('#subject-en', 'Olga’s own words');
    await page.fill('#markdown-de', 'Olgas eigene Worte');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Otto Officer was first').waitFor();
    await page.locator('#subject-en-fault').getByText('stored now is “From January we ask you first”').waitFor();
    expect(await page.inputValue('#markdown-de')).toBe('Olgas eigene Worte');
    expect(await page.inputValue('#markdown-en')).toContain('We ask **before**');
    expect(await page.inputValue('#subject-en')).toBe('Olga’s own words');
    expectAndForget('409');
    await page.getByRole('link', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { name: 'From January we ask you first' }).first().waitFor();
  });

  test('the other one reads what it will do, and approves exactly that', async () => {
    await open('Olga Officer', `/notices/${noticeId}`);
    await page
      .frameLocator('details[open]:first-of-type iframe')
      .frameLocator('iframe')
      .getByText('before', { exact: true })
      .waitFor();
    await page.getByRole('link', { name: 'Approve …' }).click();
    await page.getByText(/goes to 100 members, done by about/).waitFor();
    await expectNoObjections();
    await page.getByRole('button', { name: 'Approve and schedule' }).click();
    await page.getByText('Approved: it is sent at its time.').waitFor();
    await page.getByRole('link', { name: 'Cancel it …' }).click();
    await page.getByText('Nobody was told yet, and nobody will be.').waitFor();
    await expectNoObjections();
    await page.getByRole('link', { name: 'Keep it' }).click();
  });

  test('it goes while they watch, can be paused and resumed, and its numbers add up', { timeout: 60_000 }, async () => {
    await open('Olga Officer', `/notices/${noticeId}`);
    const restore = await begin(async () => {
      await page.reload();
      await page.getByText('Its time has come').waitFor();
    });
    // The page was left open, and asks every few seconds.
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await until(async () => (await heardOf()) === members - 1, 25);
    await page.reload();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused: nobody else is told').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('It goes on where it stopped.').waitFor();
    await until(async () => {
      await countAgain();
      return (await figure('delivered')) + (await figure('complained')) === members - 4;
    }, 25);
    expect(await Promise.all(['bounced', 'byBanner', 'complained', 'sent', 'queued'].map(figure))).toEqual([
      3, 1, 1, 0, 0,
    ]);
    const all = await page.$$eval('#progress tbody td:nth-child(2)', (cells) =>
      cells.map((cell) => Number(cell.textContent)),
    );
    expect(all.reduce((sum, many) => sum + many, 0)).toBe(members);
    expect(await page.innerText('#progress tfoot')).toMatch(/Audience\s+100/);
    await page.getByText('Sent', { exact: true }).first().waitFor();
    await expectNoObjections();
    const notes = stack.mailbox.list().filter(({ subject }) => !subject.startsWith('[Test]'));
    expect(notes).toHaveLength(members - 1);
    await restore();
  });

  test('the record of a member says how and when they were told', async () => {
    await open('Olga Officer', `/notices/${noticeId}`);
    await look('m20');
    await page.getByText('Told by mail').waitFor();
    await look('bounce+1@simulator.amazonses.com');
    await page.getByText('they count as told for that time alone').waitFor();
    await page.getByText('Permanent General').waitFor();
    await look(unreachable);
    await page.getByText('an earlier mail to this address bounced').waitFor();
    await look('nobody at all');
    await page.getByText('No member fits').waitFor();
    await expectNoObjections();
  });

  test('the proof holds a row a member, the texts that the hash is of, and sums that add up', async () => {
    await open('Olga Officer', `/notices/${noticeId}`);
    await page.getByRole('button', { name: 'Make the file of all' }).click();
    const link = page.getByRole('link', { name: /Download/ });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const { readFile } = await import('node:fs/promises');
    const files = readZip(await readFile(await download.path()));
    const table = parse(files.get('deliveries.csv')!, { columns: true }) as Record<string, string>[];
    const told = Object.groupBy(table, ({ told }) => told!);
    expect([table.length, told['by mail']?.length, told['by banner only']?.length]).toEqual([members, members - 4, 4]);
    expect(new Set(table.map(({ memberId }) => memberId)).size).toBe(members);
    const lines = files
      .get('deliveries.jsonl')!
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ memberId, told: { by } }) => [memberId, by])).toEqual(
      table.map((row) => [row.memberId, row.told]),
    );
    const { hash } = JSON.parse(files.get('record.json')!.toString());
    expect(createHash('sha256').update(files.get('notice.json')!).digest('hex')).toBe(hash);
    const summary = files.get('summary.html')!.toString();
    expect(summary).toContain('The records add up: 100 members of an audience of 100.');
    expect(summary).toContain(hash);
    expect(files.get('texts/de.txt')!.toString()).toContain('Wir fragen vorher.');
    const sums = files.get('SHA256SUMS')!.toString().trimEnd().split('\n');
    expect(sums).toHaveLength(files.size - 1);
    for (const line of sums) {
      const [sum, path] = line.split('  ');
      expect(createHash('sha256').update(files.get(path!)!).digest('hex')).toBe(sum);
    }
  });

  test('the banner ends when an officer says so, after being told whom that concerns', async () => {
    await open('Olga Officer', `/notices/${noticeId}`);
    await page.getByRole('link', { name: 'End the banner now …' }).click();
    await page.getByText('Told by the banner alone: 4 of its members.').waitFor();
    await expectNoObjections();
    await page.getByRole('button', { name: 'End the banner' }).click();
    await page.getByText('The banner ended').waitFor();
    await page.getByText('The site showed it from').waitFor();
    expect(await page.getByRole('link', { name: 'End the banner now …' }).count()).toBe(0);
    const feed = await fetch(`${stack.addresses.http}/notices/current.json`);
    expect(await feed.json()).toEqual({ notices: [] });
  });

  test('axe objects to nothing, nothing scrolls sideways, wide and narrow, light and dark', async () => {
    await open('Olga Officer');
    const paths = [
      '',
      '/new',
      `/${noticeId}`,
      `/${noticeId}/cancel`,
      `/${noticeId}/told?q=m1`,
      `/${noticeId}/audience`,
    ];
    for (const [colorScheme, width] of [
      ['light', 360],
      ['dark', 1440],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        await page.goto(`${stack.addresses.http}/desk/notices${path}`);
        expect([path, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([path, 0]);
        await expectNoObjections();
      }
    }
  });

  test('200 KB, an audience of nobody and an approval of what has changed are sentences, and nothing is sent', async () => {
    const desk = await signIn(stack, 'officer');
    const post = async (path: string, body: URLSearchParams) => {
      const answer = await desk(`/notices${path}`, { method: 'POST', body });
      return { status: answer.status, page: await answer.text(), id: answer.headers.get('location')?.split(/[/?]/)[3] };
    };
    const form = (markdown: string, changes: Record<string, string> = {}) =>
      new URLSearchParams({
        ...{ language: 'en', subject: 'A <b>subject', markdown, fallback: 'en', zone: 'UTC', who: 'all', do: 'save' },
        ...{ sendDay: inDays(3), sendTime: '09:00', bannerDay: inDays(9), bannerTime: '09:00', effectiveOn: inDays(5) },
        ...{ nonce: 'a-nonce-of-sixteen-signs', ...changes },
      });
    const long = await post('/new', form('ä\n'.repeat(70_000)));
    expect([long.status, long.page.includes('shorten it to 20,000')]).toEqual([422, true]);
    expect(long.page.match(/ä/g)!.length).toBeGreaterThanOrEqual(70_000);

    const first = await post('/new', form('Some words.', { who: 'locales', locales: 'ja' }));
    const again = await post('/new', form('Some words.', { who: 'locales', locales: 'ja' }));
    expect([first.status, again.id]).toEqual([303, first.id]);
    const refused = await post(`/${first.id}/submit`, new URLSearchParams({ seen: '1' }));
    expect([refused.status, refused.page.includes('No member belongs to this audience')]).toEqual([409, true]);
    expect(refused.page).toContain('A &lt;b&gt;subject');

    const saved = await post(`/${first.id}/edit`, form('Some words.', { seen: '1' }));
    expect(saved.status).toBe(303);
    expect((await post(`/${first.id}/submit`, new URLSearchParams({ seen: '2' }))).status).toBe(303);
    const own = await post(`/${first.id}/approve`, new URLSearchParams({ hash: 'f'.repeat(64) }));
    expect([own.status, own.page.includes('Nothing was done')]).toEqual([409, true]);
    expect((await post(`/${first.id}/proof`, new URLSearchParams())).page).toContain('nothing to prove yet');
  });

  test('without scripts all of it works by links and forms', async () => {
    await open('Otto Officer', '/notices/new', { javaScriptEnabled: false });
    await page.fill('#subject-en', 'Without scripts');
    await page.fill('#markdown-en', 'It *works*.');
    await page.getByRole('button', { name: 'Banner' }).click();
    await page.frameLocator('iframe[name=preview-frame]').getByRole('heading', { name: 'Without scripts' }).waitFor();
    await page.getByLabel('Members who manage a community').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Count the members' }).click();
    await page.getByText('4 members').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Submit for approval' }).click();
    await page.getByRole('link', { name: 'Cancel it …' }).click();
    await page.getByRole('button', { name: 'Cancel it for good' }).click();
    await page.getByText('It was cancelled before anybody was told.').waitFor();
  });

  async function open(name: string, path = '/notices', options: BrowserContextOptions = {}): Promise<void> {
    complaints = [];
    browser = await openBrowser();
    const viewport = { width: 1280, height: 900 };
    page = await (await browser.newContext({ viewport, reducedMotion: 'reduce', ...options })).newPage();
    page.setDefaultTimeout(12_000);
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await signInOn(page, stack, name, path);
  }

  /** A browser complains of each answer above 399; this one was meant. */
  function expectAndForget(status: string): void {
    expect(complaints.join()).toContain(status);
    complaints = complaints.filter((text) => !text.includes(status));
  }

  async function expectNoObjections(): Promise<void> {
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate('axe.run(document, { iframes: false })')) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${page.url()}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
  }

  async function look(text: string): Promise<void> {
    await page.fill('#told-q', text);
    await page.getByRole('button', { name: 'Look' }).click();
  }

  const preview = () => page.frameLocator('#preview-room iframe:not(.next)');
  const mail = () => preview().frameLocator('iframe');
  const figure = async (kind: string) => Number(await page.innerText(`[data-kind=${kind}] td`));

  const item = async () =>
    (
      await stack.dynamodb.send(
        new GetCommand({ TableName: stack.outputs.NoticesTable, Key: { noticeId }, ConsistentRead: true }),
      )
    ).Item;
  const change = (UpdateExpression: string, at: string) =>
    stack.dynamodb.send(
      new UpdateCommand({
        ...{ TableName: stack.outputs.NoticesTable, Key: { noticeId } },
        ...{ UpdateExpression, ExpressionAttributeValues: { ':at': at } },
      }),
    );
  /** As if its time had come. Returns what makes it as it was approved again, for the proof. */
  async function begin(look: () => Promise<unknown>): Promise<() => Promise<unknown>> {
    const { sendAt } = (await item())!;
    await change('SET sendAt = :at, dueAt = :at', new Date(Date.now() - 1_000).toISOString());
    await look();
    await run();
    return () => change('SET sendAt = :at', sendAt);
  }

  const run = () => {
    const { name } = stack.plan.schedules.find(({ functionName }) => functionName.includes('change-notices'))!;
    return stack.runSchedule(name);
  };
  /** As if the last count were long ago. */
  async function countAgain(): Promise<void> {
    const found = await item();
    if (found?.tally) await change('SET tally.countedAt = :at', '2026-01-01T00:00:00.000Z');
    if (found?.active === 'counting') await change('SET dueAt = :at', '2026-01-01T00:00:00.000Z');
    await run();
    await page.reload();
  }

  /** How many mails came to their end, one way or the other. */
  const heardOf = async () =>
    (await walkOn(stack).deliveries()).filter(
      ({ batch, deliveredAt, bouncedAt }) => /-\d\d$/.test(batch) && (deliveredAt || bouncedAt),
    ).length;

  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
});
