import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fieldOf } from '../../functions/public-site/preferences/wishes.ts';
import type { Scope, Subject } from '../../shared/optouts/opt-out.ts';
import { choiceRequest } from '../../shared/requests/choice-request.ts';
import { record } from '../../shared/requests/store.ts';
import { openBrowser } from '../browser.ts';
import { signIn } from '../desk.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { sitDown } from './at-the-desk.ts';
import { preferringOn } from './preferring.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;
let preferring: ReturnType<typeof preferringOn>;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  preferring = preferringOn(stack);
  await walk.haveMembers(
    'm1,eve,Eve Example,eve@members.invalid,eve@work.invalid,gardeners,en,',
    'm2,max,Max Manager,max@members.invalid,,gardeners;cyclists,de,',
    'm3,ida,Ida Example,ida@members.invalid,,,en,',
    'm4,ann,Ann Example,ann@members.invalid,,,en,',
    'm5,bob,Bob Example,bob@members.invalid,,,en,',
    'm6,kim,Kim Example,kim@members.invalid,,,en,',
  );
});
afterAll(() => stack?.stop());

const stateOf = async (subject: Subject, scope: Scope) => {
  const { blockedBy = {}, holds = {} } = (await walk.optOut(subject))?.scopes[scope] ?? {};
  return { blockedBy: Object.keys(blockedBy), holds: Object.keys(holds) };
};
const clear = { blockedBy: [], holds: [] };

const requestsOf = async (memberId: string) =>
  (await walk.requests()).filter(({ who, channel }) => who === `member/${memberId}` && channel === 'other');

describe.skipIf(process.platform !== 'linux')('in a browser', () => {
  let browser: Browser | undefined;
  const complaints: string[] = [];
  afterEach(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('a member asks for the link, chooses, saves, and reads in the answer what changed', async () => {
    const page = await open(`${stack.addresses.http}/preferences`);
    await page.getByLabel('E-mail address').fill('eve@work.invalid');
    await page.getByRole('button', { name: 'Send me the link' }).click();
    expect(await page.innerText('h1')).toBe('Look into your mail');

    const link = await preferring.nextLink('eve@members.invalid');
    expect(await preferring.linksTo('eve@work.invalid')).toEqual([]);
    await page.goto(link);
    expect(await page.innerText('main')).toMatch(/Eve Example.*Pages of the community gardeners/s);
    const photos = page.getByRole('group', { name: 'Images of your profile page' });
    const mail = page.getByRole('group', { name: 'Marketing mail' });
    await photos.getByLabel('Not used in marketing').check();
    await mail.getByLabel('No marketing mail').check();
    await page.getByRole('group', { name: 'Pages of the community' }).getByLabel('Not used in marketing').check();
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.innerText('h1')).toBe('Saved');
    expect(await page.innerText('main')).toMatch(/Header graphic of the community gardeners\s+May be used/);

    const [request] = await requestsOf('m1');
    expect(request).toMatchObject({ state: 'granted', channel: 'other', decision: { rule: 'preferences' } });
    const blocked = { blockedBy: [request!.requestId], holds: [] };
    expect(await stateOf('member/m1', 'profile-images')).toEqual(blocked);
    expect(await stateOf('member/m1', 'marketing-email')).toEqual(blocked);
    expect(await stateOf('community/gardeners', 'pages')).toEqual(blocked);
    expect(await stateOf('community/gardeners', 'header-graphic')).toEqual(clear);

    const answer = await preferring.mailTo('eve@members.invalid', 'Your preferences are changed');
    expect(answer.text).toMatch(/images of your profile page.*marketing mail to you.*the pages of the community gard/s);
    expect(answer.text).toContain(`${stack.addresses.http}/preferences\n`);
    const other = await preferring.mailTo('max@members.invalid', 'Eine Community von Ihnen');
    expect(other.text).toMatch(/Eve Example verwaltet mit Ihnen.*die Seiten der Community gardeners/s);
    expect(other.text).not.toContain('Foto');
    expect(await evidence(request!.requestId)).toMatchObject({ page: 'preferences', memberId: 'm1' });

    await page.getByRole('button', { name: 'Send me a new link' }).click();
    expect(await page.innerText('h1')).toBe('Look into your mail');
    await page.goto(await preferring.nextLink('eve@members.invalid', 1));
    await photos.getByLabel('May be used in marketing').check();
    await mail.getByLabel('Send me marketing mail').check();
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.innerText('h1')).toBe('Saved');
    expect(await stateOf('member/m1', 'profile-images')).toEqual(clear);
    expect(await stateOf('member/m1', 'marketing-email')).toEqual(clear);
    expect(await stateOf('community/gardeners', 'pages')).toEqual(blocked);
    const again = await preferring.mailTo('eve@members.invalid', 'These are allowed again');
    expect(again.text).toMatch(/allowed again:\s+- images of your profile page/);
  });

  test("the page is in the member's language, and nothing of it comes from elsewhere", async () => {
    const had = (await preferring.linksTo('max@members.invalid')).length;
    await preferring.ask('max@members.invalid');
    const page = await open(await preferring.nextLink('max@members.invalid', had));
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    expect(await page.evaluate('performance.getEntriesByType("resource").length')).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
    // Once it is used, too, and on the page to which that leads.
    await page.getByRole('group').first().getByRole('radio').nth(1).check();
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Gespeichert').first().waitFor();
    const used = await (await fetch(page.url(), { headers: { 'Accept-Language': 'en' } })).text();
    expect(used).toMatch(/<html lang="de".*href="\/preferences\?lang=de"/s);
    expect(await (await fetch(`${stack.addresses.http}/preferences?lang=de`)).text()).toContain('<html lang="de"');
  });

  async function open(link: string): Promise<Page> {
    browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    page.on('console', (line) => complaints.push(line.text()));
    await page.goto(link);
    return page;
  }
});

const photos = fieldOf('member/m3', 'profile-images');

test('opting back in ends every block and hold, notes it in each request, and leaves open ones to a person', async () => {
  const granted = await walk.settled(await phrase('ida@members.invalid'));
  expect(granted.state).toBe('held');
  const open = await stateOf('member/m3', 'profile-images');
  expect(open.holds).toEqual([granted.requestId]);

  await preferring.ask('ida@members.invalid');
  const link = await preferring.nextLink('ida@members.invalid');
  const { fields } = await preferring.open(link);
  expect(fields[0]!.values).toEqual(['keep', 'allow', 'block']);
  expect((await preferring.save(link, { [photos]: 'allow' })).status).toBe(200);
  expect(await stateOf('member/m3', 'profile-images')).toEqual(clear);

  const [own] = await requestsOf('m3');
  const noted = (await walk.requests()).find(({ requestId }) => requestId === granted.requestId)!;
  expect(noted.state).toBe('held');
  expect(noted.history.at(-1)).toMatchObject({ rule: `opted-in-${own!.requestId}`, state: 'held' });
});

test('a link works once: the same form again changes nothing more, another form is refused', async () => {
  await preferring.ask('ann@members.invalid');
  const link = await preferring.nextLink('ann@members.invalid');
  const field = fieldOf('member/m4', 'profile-images');
  for (let look = 0; look < 3; look += 1) expect((await fetch(link)).status).toBe(200);
  expect(await walk.optOut('member/m4')).toBeUndefined();

  const unchanged = await preferring.save(link, { [field]: 'keep' });
  expect(await unchanged.text()).toContain('Nothing was changed');
  const both = await Promise.all([
    preferring.save(link, { [field]: 'block' }),
    preferring.save(link, { [field]: 'block' }),
  ]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const optOut = await walk.optOut('member/m4');
  expect((await preferring.save(link, { [field]: 'block' })).status).toBe(200);
  expect((await preferring.save(link, { [field]: 'allow' })).status).toBe(410);
  expect((await fetch(link)).status).toBe(410);
  expect(await walk.optOut('member/m4')).toEqual(optOut);
  expect(await requestsOf('m4')).toHaveLength(1);
  await preferring.mailTo('ann@members.invalid', 'Your preferences are changed');

  // However often the button for a new link is sent, it is one mail.
  for (let press = 0; press < 3; press += 1) await preferring.save(link, { again: 'again' });
  await preferring.nextLink('ann@members.invalid', 1);
  expect(await preferring.linksTo('ann@members.invalid')).toHaveLength(2);
});

test('nobody can bomb an address: of many askings three links are mailed, and the fourth is refused by name', async () => {
  for (let asking = 0; asking < 6; asking += 1) expect((await preferring.ask('bob@members.invalid')).status).toBe(200);
  const skipped = async () =>
    (await walk.deliveries()).filter(({ to, skipped }) => to === 'bob@members.invalid' && skipped);
  await until(async () => (await skipped()).length === 3);
  expect((await skipped())[0]!.skipped).toBe('This address had 3 answers within an hour.');
  expect(await preferring.linksTo('bob@members.invalid')).toHaveLength(3);
});

test('a known and an unknown address get the same answer, for the same work and in the same time', async () => {
  const known = { bodies: new Set<string>(), calls: new Set<string>(), best: Number.POSITIVE_INFINITY };
  const unknown = { bodies: new Set<string>(), calls: new Set<string>(), best: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 4; round += 1) {
    await askingOf('kim@members.invalid', known);
    await askingOf('kin@members.invalid', unknown);
  }
  expect(known.bodies.size).toBe(1);
  expect(known.bodies).toEqual(unknown.bodies);
  expect([...known.calls]).toEqual(['dynamodb:UpdateItem sqs:SendMessage']);
  expect(known.calls).toEqual(unknown.calls);
  // The best of each, since others work on this machine, too.
  expect(Math.abs(known.best - unknown.best)).toBeLessThan(2 * Math.min(known.best, unknown.best));
});

/** Notes what the page answers, what it calls for that, and how long it takes at best; then waits for mail-sender. */
async function askingOf(address: string, seen: { bodies: Set<string>; calls: Set<string>; best: number }) {
  const calls: string[] = [];
  let isLookedUp = false;
  const end = stack.trace.subscribe((event) => {
    if (event.kind === 'call' && event.from === 'public-site') calls.push(event.action);
    if (event.kind === 'log' && JSON.stringify(event.line).includes('link asked for')) isLookedUp = true;
  });
  const start = performance.now();
  const answer = await preferring.ask(address);
  seen.bodies.add(`${answer.status} ${await answer.text()}`);
  seen.best = Math.min(seen.best, performance.now() - start);
  await until(() => isLookedUp && calls.length >= 2);
  await until(async () => (await walk.deliveries()).every(({ leaseUntil }) => leaseUntil === undefined));
  end();
  seen.calls.add(calls.join(' '));
}

test('staff send the link to the primary address, once for each time that they open the page', async () => {
  const reviewer = await signIn(stack, 'reviewer');
  const had = (await preferring.linksTo('kim@members.invalid')).length;
  const page = await (await reviewer('/members/m6')).text();
  expect(page).toContain('Send the member the link to their preferences');
  const nonce = /preferences-link.*?name="nonce" value="([\w-]+)"/s.exec(page)![1]!;
  const press = () =>
    reviewer('/members/m6/preferences-link', { method: 'POST', body: new URLSearchParams({ nonce }) });
  const [pressed] = [await press(), await press()];
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/desk/members/m6?sent=link']);
  expect(await (await reviewer('/members/m6?sent=link')).text()).toContain('is on its way');
  const link = await preferring.nextLink('kim@members.invalid', had);
  expect((await fetch(link)).status).toBe(200);
  expect(await preferring.linksTo('kim@members.invalid')).toHaveLength(had + 1);
  expect((await reviewer('/members/nobody/preferences-link', { method: 'POST' })).status).toBe(404);
});

test('of two different choices at once by one link, one counts, and the desk shows it', async () => {
  const reviewer = await signIn(stack, 'reviewer');
  const had = (await preferring.linksTo('kim@members.invalid')).length;
  await reviewer('/members/m6/preferences-link', { method: 'POST', body: new URLSearchParams() });
  const link = await preferring.nextLink('kim@members.invalid', had);
  const [photos, mail] = [fieldOf('member/m6', 'profile-images'), fieldOf('member/m6', 'marketing-email')];
  const both = await Promise.all([
    preferring.save(link, { [photos]: 'block' }),
    preferring.save(link, { [mail]: 'block' }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
  const states = [await stateOf('member/m6', 'profile-images'), await stateOf('member/m6', 'marketing-email')];
  expect(states.filter(({ blockedBy }) => blockedBy.length > 0)).toHaveLength(1);
  const [request] = await requestsOf('m6');
  const shown = await reviewer(`/requests/${request!.requestId}`);
  expect([shown.status, await shown.text()]).toEqual([
    200,
    expect.stringContaining('chose it on the preferences page'),
  ]);
});

test('a choice that a crash cut short is made true within the hour', async () => {
  const desk = sitDown(stack);
  const at = new Date(Date.now() - 120_000).toISOString();
  const { requestId } = await record(
    choiceRequest({
      identity: 'a crash',
      choice: {
        ...{ page: 'preferences', at, memberId: 'm5', allow: [], keep: [], lifts: [], sent: {} },
        block: [{ subject: 'member/m5', scopes: ['profile-images'] }],
      },
      answers: [],
      ...{ rule: 'preferences', reason: 'A test.' },
    }),
  ).finally(() => desk.leave());
  await stack.runSchedule(stack.plan.schedules.find(({ name }) => name.includes('deadlines'))!.name);
  await until(async () => (await stateOf('member/m5', 'profile-images')).blockedBy[0] === requestId);
  const finished = () => walk.requests().then((all) => all.find((one) => one.requestId === requestId)!);
  await until(async () => (await finished()).state === 'granted');
  expect(await evidence(requestId)).toMatchObject({ memberId: 'm5' });
});

test('from one network only so many links can be asked for in an hour', async () => {
  let refused: Response | undefined;
  for (let asking = 0; asking < 21 && !refused; asking += 1) {
    const answer = await preferring.ask('nobody@members.invalid');
    if (answer.status === 429) refused = answer;
  }
  expect(refused?.headers.get('retry-after')).toBe('3600');
  expect(await refused!.text()).toContain('Please try again in an hour');
});

test('no log line holds an address, a token or a path', async () => {
  const lines = JSON.stringify(stack.trace.recent().filter((event) => event.kind === 'log'));
  expect(lines).not.toMatch(/@members|\/preferences\//);
});

let count = 0;
async function phrase(from: string): Promise<string> {
  count += 1;
  const messageId = `<preferences-${count}@members.invalid>`;
  const subject = 'REMOVE FROM MARKETING MATERIALS';
  await stack.send({ from, to: 'privacy@inwriting.example', subject, text: 'Thank you.', messageId });
  return messageId;
}

async function evidence(requestId: string) {
  const { Body } = await stack.s3.send(
    new GetObjectCommand({ Bucket: stack.outputs.EvidenceBucket, Key: `requests/${requestId}/choice.json` }),
  );
  return JSON.parse(await Body!.transformToString());
}
