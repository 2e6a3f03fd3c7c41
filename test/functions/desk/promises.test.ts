import { PutCommand } from '@aws-sdk/lib-dynamodb';
import axe, { type AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { promises } from '../../../shared/promises.ts';
import { readArrivals } from '../../../shared/requests/figures.ts';
import { openBrowser } from '../../browser.ts';
import { signIn, signInOn } from '../../desk.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { sitDown } from '../../walks/at-the-desk.ts';
import { type Walk, walkOn } from '../../walks/walk.ts';

let stack: LocalStack;
let walk: Walk;
let desk: ReturnType<typeof sitDown>;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  desk = sitDown(stack);
  await walk.haveMembers('m1,ann,Ann Example,ann@example.org,,,en,');
  for (const [name, subject] of [
    ['asks', 'REMOVE FROM MARKETING MATERIALS'],
    ['wonders', 'A question'],
  ]) {
    const messageId = `<${name}@example.org>`;
    await stack.send({ from: 'ann@example.org', to: 'privacy@inwriting.example', subject, text: 'x', messageId });
    await walk.settled(messageId);
  }
});
afterAll(async () => {
  desk?.leave();
  await stack?.stop();
});

test('a request says when it came and when it first held or blocked something, and one that did neither does not', async () => {
  const asks = await walk.settled('<asks@example.org>');
  const wonders = await walk.settled('<wonders@example.org>');
  expect([asks.arrivedAt, asks.arrivedOn]).toEqual([asks.receivedAt, asks.receivedAt.slice(0, 10)]);
  expect(asks.flaggedAt >= asks.receivedAt).toBe(true);
  expect([wonders.arrivedAt, wonders.flaggedAt]).toEqual([wonders.receivedAt, undefined]);
});

test('everybody at the desk reads the promises, word for word, and the figures with their moment', async () => {
  for (const who of ['reviewer', 'officer', 'marketing'] as const) {
    const page = await (await (await signIn(stack, who))('/promises')).text();
    for (const { words } of promises) expect(page).toContain(words.replaceAll('&', '&amp;'));
    expect(page).toContain('href="/desk/promises" aria-current="page"');
    expect(page).toContain('test/walks/opt-out-by-mail.test.ts');
    const text = page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toMatch(/Counted .* UTC/);
    expect(text).toMatch(/Mail 2 0 1 (less than a second|\d+ seconds?) Fax 0 0 0 – Letter 0/);
    expect(text).toMatch(/Overdue now 0 Open To decide: 1 · /);
    expect(text).toMatch(/Notices none was sent yet Recalls 0 open/);
    expect(text).not.toMatch(/Ann|ann@/);
  }
});

describe('arrivals', () => {
  const at = '2031-05-20T08:00:00.000Z';
  beforeAll(async () => {
    for (const [place, arrivedAt] of [
      '2031-05-20T07:00:00.000Z',
      '2031-05-20T06:00:00.000Z',
      '2031-05-01T00:00:00.000Z',
      '2031-04-21T00:00:00.000Z',
      '2031-04-20T23:59:59.999Z',
    ].entries()) {
      const Item = {
        requestId: `W-${place}`,
        arrivedAt,
        arrivedOn: arrivedAt.slice(0, 10),
        channel: 'fax',
        state: 'held',
      };
      await stack.dynamodb.send(new PutCommand({ TableName: stack.outputs.RequestsTable, Item }));
    }
  });
  const moments = async (limits: { most?: number }) => {
    const { arrived, cutAt } = await readArrivals(at, limits);
    return [...arrived.map(({ arrivedAt }) => arrivedAt.slice(5, 13)), cutAt?.slice(5, 13)];
  };

  test('are those of thirty days with today, the newest first', async () => {
    expect(await moments({})).toEqual(['05-20T07', '05-20T06', '05-01T00', '04-21T00', undefined]);
  });

  test('end where it would be too much to read, and say where', async () => {
    expect(await moments({ most: 1 })).toEqual(['05-20T07', '05-20T07']);
    expect(await moments({ most: 3 })).toEqual(['05-20T07', '05-20T06', '05-01T00', '05-01T00']);
  });
});

/** The browser of the npm package runs on Linux alone. */
test.skipIf(process.platform !== 'linux')(
  'axe objects to nothing, nothing scrolls sideways, wide and narrow, light and dark',
  async () => {
    const browser = await openBrowser();
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const complaints: string[] = [];
    page.on('console', (line) => complaints.push(line.text()));
    await signInOn(page, stack, 'Mona Marketing', '/promises');
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 360]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        if (process.env.SHOTS)
          await page.screenshot({ path: `${process.env.SHOTS}/promises-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
    expect(complaints).toEqual([]);
    await browser.close();
  },
);
