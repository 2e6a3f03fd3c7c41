import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkSubjects } from '../../shared/clearance/check.ts';
import { writeLetter } from '../../shared/letters/write.ts';
import type { Scope, Subject } from '../../shared/optouts/opt-out.ts';
import { ask } from '../../shared/requests/by-person/ask.ts';
import { decline } from '../../shared/requests/by-person/decline.ts';
import { dismiss } from '../../shared/requests/by-person/dismiss.ts';
import { extend } from '../../shared/requests/by-person/extend.ts';
import { grant } from '../../shared/requests/by-person/grant.ts';
import { letterToPrint } from '../../shared/requests/by-person/letter-to-print.ts';
import { merge } from '../../shared/requests/by-person/merge.ts';
import { note } from '../../shared/requests/by-person/note.ts';
import { reopen } from '../../shared/requests/by-person/reopen.ts';
import { takeStatement } from '../../shared/requests/by-person/statement.ts';
import { countTray, decidedOn, inTray, requestsOf } from '../../shared/requests/queue.ts';
import type { Cover, WrittenRequest } from '../../shared/requests/request.ts';
import { search } from '../../shared/requests/search.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { again, done, otto, rita, seeing, sitDown } from './at-the-desk.ts';
import { type Confirming, confirmingOn } from './confirming.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;
let confirming: Confirming;
let desk: ReturnType<typeof sitDown>;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  confirming = confirmingOn(stack);
  const names = ['Ann', 'Bob', 'Cleo', 'Dora', 'Eva', 'Finn', 'Gina', 'Hugo', 'Ines', 'Jan', 'Kim', 'Lea', 'Mia'];
  await walk.haveMembers(
    ...names.map((name) => {
      const id = name.toLowerCase();
      return `${id},${id}-handle,${name} Example,${id}@members.invalid,,${id}-club,${name === 'Gina' ? 'de' : 'en'},`;
    }),
  );
  desk = sitDown(stack);
});
afterAll(async () => {
  desk?.leave();
  await stack?.stop();
});

/** A mail whose subject comes near the phrase: it is held, and a person decides. */
async function nearMiss(name: string): Promise<WrittenRequest> {
  const messageId = `<${name}-${Math.random()}@members.invalid>`;
  const subject = 'Please remove me from your marketing materials';
  await stack.send({ from: `${name}@members.invalid`, to: 'privacy@inwriting.example', subject, text: 'x', messageId });
  const request = (await walk.settled(messageId)) as WrittenRequest;
  expect(request).toMatchObject({ state: 'review', who: `member/${name}` });
  return request;
}

const profile = (name: string): Cover => ({ subject: `member/${name}`, scopes: ['profile-images'] });
const club = (name: string, ...scopes: Scope[]): Cover => ({ subject: `community/${name}-club`, scopes });
const stateOf = async (subject: Subject) => {
  const [clearance] = await checkSubjects([{ subject }]);
  return Object.fromEntries(Object.entries(clearance!.scopes).map(([scope, { state }]) => [scope, state]));
};

describe('granting', () => {
  test('what was chosen is blocked, the rest is free again, and the member hears exactly what is covered', async () => {
    const request = await nearMiss('ann');
    expect(await stateOf('community/ann-club')).toEqual({ 'header-graphic': 'hold', pages: 'hold' });
    const grants = [club('ann', 'pages')];
    const outcome = await grant(request, { ...seeing(request), memberId: 'ann', grants, words: 'As she asked.' });
    expect(outcome).toMatchObject({ answered: ['ann@members.invalid'] });
    const granted = done(outcome);
    expect(granted).toMatchObject({ state: 'granted', who: 'member/ann', covers: grants });
    expect([granted.open, granted.dueAt, granted.deciding]).toEqual([undefined, undefined, undefined]);
    expect(await stateOf('member/ann')).toEqual({ 'profile-images': 'clear' });
    expect(await stateOf('community/ann-club')).toEqual({ 'header-graphic': 'clear', pages: 'blocked' });

    const { text } = await confirming.mailTo('ann@members.invalid', 'Done: your images');
    expect(text).toContain('- the pages of the community ann-club');
    expect(text).not.toMatch(/header graphic|photograph/);
    expect(await entriesInEvidence(granted)).toContainEqual(
      expect.objectContaining({ rule: 'granted', by: rita, words: 'As she asked.' }),
    );
  });

  test('nothing is granted that is not the member’s to ask for', async () => {
    const request = await nearMiss('bob');
    const attempt = (memberId: string, grants: Cover[]) => grant(request, { ...seeing(request), memberId, grants });
    expect(await attempt('bob', [])).toEqual({ refused: expect.stringContaining('Choose at least one') });
    expect(await attempt('bob', [profile('ann')])).toEqual({ refused: expect.stringContaining('cannot ask for') });
    expect(await attempt('bob', [club('bob', 'profile-images')])).toHaveProperty('refused');
    expect(await attempt('nobody', [profile('bob')])).toHaveProperty('refused');
    expect((await again(request)).history).toEqual(request.history);
  });

  test('what the member put into effect with their own word is not taken back at the desk', async () => {
    const { request, link } = await confirming.ask('cleo@members.invalid');
    await confirming.answer(link, 'yes');
    const granted = await again(request as WrittenRequest);
    expect(await reopen(granted, seeing(granted))).toEqual({ refused: expect.stringContaining('only they can take') });
    expect(await stateOf('member/cleo')).toEqual({ 'profile-images': 'blocked' });
  });
});

describe('two people at once', () => {
  test('the second sees what the first has done, and nothing is overwritten', async () => {
    const request = await nearMiss('dora');
    done(await grant(request, { ...seeing(request), memberId: 'dora', grants: [profile('dora')] }));
    const second = await decline(request, { ...seeing(request, otto), reason: 'other', words: 'No.' });
    expect(second).toMatchObject({ changed: { state: 'granted' }, entries: [{ rule: 'granted', by: rita }] });
    expect(await stateOf('member/dora')).toEqual({ 'profile-images': 'blocked' });
  });

  test('in the very same moment one of them has their way, and the images follow it', async () => {
    const request = await nearMiss('eva');
    const outcomes = await Promise.all([
      grant(request, { ...seeing(request), memberId: 'eva', grants: [profile('eva')] }),
      decline(request, { ...seeing(request, otto), reason: 'other', words: 'No.' }),
    ]);
    expect(outcomes.filter((outcome) => 'done' in outcome)).toHaveLength(1);
    expect(outcomes.filter((outcome) => 'changed' in outcome)).toHaveLength(1);
    const { state } = await again(request);
    expect(await stateOf('member/eva')).toEqual({ 'profile-images': state === 'granted' ? 'blocked' : 'clear' });
  });

  test('a double click decides once', async () => {
    const request = await nearMiss('finn');
    const click = () => grant(request, { ...seeing(request), memberId: 'finn', grants: [profile('finn')] });
    const granted = (await Promise.all([click(), click()])).map(done);
    done(await click());
    expect((await again(request)).history.filter(({ rule }) => rule === 'granted')).toHaveLength(1);
    expect(granted.map(({ state }) => state)).toEqual(['granted', 'granted']);
    await confirming.mailTo('finn@members.invalid', 'Done: your images');
    const told = (await walk.deliveries()).filter(
      ({ batch, letter }) => batch === request.requestId && letter === 'granted',
    );
    expect(told).toHaveLength(1);
  });
});

describe('declining, and taking a decision back', () => {
  test('the requester reads why in their language, the hold ends, and reopened it is there again', async () => {
    const request = await nearMiss('gina');
    const words = 'Sie bitten um etwas anderes.\n\nBitte schreiben Sie uns, was Sie meinen.';
    const declined = done(await decline(request, { ...seeing(request), reason: 'not-about-images', words }));
    expect(declined.state).toBe('declined');
    expect(await stateOf('member/gina')).toEqual({ 'profile-images': 'clear' });
    const { text } = await confirming.mailTo('gina@members.invalid', 'Zu Ihrer Bitte');
    expect(text).toContain('Sie bitten um etwas anderes.');
    expect(text).toContain('Bitte schreiben Sie uns, was Sie meinen.');

    const open = done(await reopen(declined, seeing(declined)));
    expect(open).toMatchObject({ state: 'review', open: 'review' });
    expect(await stateOf('member/gina')).toEqual({ 'profile-images': 'hold' });
    done(await dismiss(open, seeing(open)));
    expect(await stateOf('member/gina')).toEqual({ 'profile-images': 'clear' });
    expect((await again(open)).state).toBe('ignored');
  });

  test('what a person blocked becomes a hold again, or the block of another granted request', async () => {
    const [first, second] = [await nearMiss('hugo'), await nearMiss('hugo')];
    const grants = [profile('hugo')];
    const granted = done(await grant(first, { ...seeing(first), memberId: 'hugo', grants }));
    const open = done(await reopen(granted, seeing(granted)));
    expect(await confirming.reasons('member/hugo')).toEqual({
      blockedBy: [],
      holds: expect.arrayContaining([first.requestId, second.requestId]),
    });
    done(await grant(open, { ...seeing(open), memberId: 'hugo', grants }));
    done(await grant(second, { ...seeing(second), memberId: 'hugo', grants }));
    expect(await confirming.reasons('member/hugo')).toEqual({ blockedBy: [first.requestId], holds: [] });
    const back = await again(first);
    done(await reopen(back, seeing(back)));
    expect(await confirming.reasons('member/hugo')).toEqual({ blockedBy: [second.requestId], holds: [] });
  });

  test('words are needed where somebody reads them, and too many are refused', async () => {
    const request = await nearMiss('bob');
    const refusals = [
      await decline(request, { ...seeing(request), reason: 'other', words: '  ' }),
      await decline(request, { ...seeing(request), reason: 'constructor' as 'other', words: 'x' }),
      await ask(request, { ...seeing(request), words: '' }),
      await note(request, { ...seeing(request), words: 'x'.repeat(2_001) }),
      await extend(request, { ...seeing(request), days: 5, words: '' }),
      await extend(request, { ...seeing(request), days: 0.5, words: 'x' }),
    ];
    for (const refusal of refusals) expect(refusal).toEqual({ refused: expect.stringMatching(/\.$/) });
    expect((await again(request)).version).toBe(request.version);
  });
});

test('asked something, a request waits in its own tray, and a reply brings it back', async () => {
  const request = await nearMiss('ines');
  const asked = done(await ask(request, { ...seeing(request), words: 'Which photograph do you mean?' }));
  expect(asked).toMatchObject({ state: 'review', open: 'asked', dueWhenPaused: request.dueAt });
  expect((await inTray('asked', { limit: 10 })).requests.map(({ requestId }) => requestId)).toEqual([
    request.requestId,
  ]);
  const question = await confirming.mailTo('ines@members.invalid', 'A question about your request');
  expect(question.text).toContain('Which photograph do you mean?');

  const to = question.replyTo!.value[0]!.address!;
  await stack.send({ from: 'ines@members.invalid', to, subject: 'Re: A question', text: 'The one on the left.' });
  const replied = await until(async () => {
    const found = await again(request);
    return found.history.length > asked.history.length ? found : undefined;
  });
  expect(replied).toMatchObject({ state: 'review', open: 'review', dueAt: request.dueAt });
  expect(replied.pausedAt).toBeUndefined();
});

test('merged, one request goes on for both, and takes over what the other held', async () => {
  const [one, into] = [await nearMiss('jan'), await nearMiss('jan')];
  expect(await merge(one, { ...seeing(one), into: one.requestId })).toHaveProperty('refused');
  const merged = done(await merge(one, { ...seeing(one), into: into.requestId }));
  expect(merged).toMatchObject({ state: 'withdrawn', mergedInto: into.requestId });
  expect(await confirming.reasons('member/jan')).toEqual({ blockedBy: [], holds: [into.requestId] });
  const goesOn = await again(into);
  expect(goesOn.history.at(-1)).toMatchObject({ rule: `merged-in-${one.requestId}` });
  expect(await merge(goesOn, { ...seeing(goesOn), into: one.requestId })).toEqual({
    refused: expect.stringContaining('withdrawn'),
  });

  done(await reopen(merged, seeing(merged)));
  expect((await again(one)).mergedInto).toBeUndefined();
  expect((await again(into)).history.at(-1)).toMatchObject({ rule: `merged-out-${one.requestId}` });
});

test('two requests that are merged into each other at once make no circle', async () => {
  const [one, two] = [await nearMiss('kim'), await nearMiss('kim')];
  const outcomes = await Promise.all([
    merge(one, { ...seeing(one), into: two.requestId }),
    merge(two, { ...seeing(two, otto), into: one.requestId }),
  ]);
  expect(outcomes.filter((outcome) => 'done' in outcome).length).toBeLessThan(2);
  const states = [(await again(one)).state, (await again(two)).state];
  expect(states.filter((state) => state === 'withdrawn').length).toBeLessThan(2);
  expect(await stateOf('member/kim')).toEqual({ 'profile-images': 'hold' });
});

test('an opt-out that came by other means is granted at once, once, and the words are kept', async () => {
  const statement = {
    nonce: 'nonce-of-the-form-1',
    at: new Date().toISOString(),
    by: rita,
    memberId: 'lea',
    grants: [profile('lea'), club('lea', 'header-graphic')],
    words: 'A postcard: please do not use my pictures.',
    receivedAt: '2026-01-05T12:00:00.000Z',
  };
  const taken = done(await takeStatement(statement));
  expect(taken).toMatchObject({
    state: 'granted',
    channel: 'other',
    who: 'member/lea',
    receivedAt: statement.receivedAt,
  });
  expect(done(await takeStatement({ ...statement, at: new Date().toISOString() })).requestId).toBe(taken.requestId);
  expect(await stateOf('member/lea')).toEqual({ 'profile-images': 'blocked' });
  expect(await stateOf('community/lea-club')).toEqual({ 'header-graphic': 'blocked', pages: 'clear' });
  const { text } = await confirming.mailTo('lea@members.invalid', 'Done: your images');
  expect(text).toContain('the header graphic of the community lea-club');
  expect(await entriesInEvidence(taken)).toEqual([
    expect.objectContaining({ number: 1, state: 'granted', by: rita, words: statement.words }),
  ]);
  expect(taken.history[0]!.reason).toMatch(/^Rita Reviewer wrote down what .* asked for: /);
  const answer = letterToPrint(taken)!;
  const facts = { ...answer, requestId: taken.requestId, since: taken.receivedAt, siteName: 'Example Community' };
  const printed = writeLetter(answer.letter, answer.locale, { ...facts, onPaper: true }).text;
  // A person took it down, so a person may take it back.
  const open = done(await reopen(taken, seeing(taken)));
  expect(await stateOf('member/lea')).toEqual({ 'profile-images': 'hold' });
  expect(letterToPrint(open)).toMatchObject({ letter: 'received' });
  expect(printed).toContain('the header graphic of the community lea-club');
  expect(printed).not.toContain('this mail');
});

test('marketing mail is switched off where a member asked for that by other means, and stays off', async () => {
  const isMailOff = async () => {
    const { blockedBy = {} } = (await walk.optOut('member/bob'))?.scopes['marketing-email'] ?? {};
    return Object.keys(blockedBy).length > 0;
  };
  const taken = done(
    await takeStatement({
      nonce: 'nonce-of-the-form-2',
      at: new Date().toISOString(),
      by: rita,
      memberId: 'bob',
      grants: [{ subject: 'member/bob', scopes: ['marketing-email'] }],
      words: 'A note: no more offers, please.',
      receivedAt: '2026-01-05T12:00:00.000Z',
    }),
  );
  expect(taken.lastAnswer).toMatchObject({ letter: 'unsubscribed' });
  expect(await isMailOff()).toBe(true);
  done(await reopen(taken, seeing(taken)));
  expect(await isMailOff()).toBe(true);
});

test('reopened, a request forgets whom a person had chosen, and a decline writes to nobody who was', async () => {
  const [messageId, from] = ['<stranger@seed.invalid>', 'stranger@elsewhere.invalid'];
  const subject = 'Please remove me from your marketing materials';
  await stack.send({ from, to: 'privacy@inwriting.example', subject, text: 'x', messageId });
  const request = (await walk.settled(messageId)) as WrittenRequest;
  const found = request.who;
  expect(found).toBe(`address/${from}`);
  const granted = done(await grant(request, { ...seeing(request), memberId: 'ann', grants: [profile('ann')] }));
  const open = done(await reopen(granted, seeing(granted)));
  expect([open.who, open.whoFound]).toEqual([found, undefined]);
  const declined = done(await decline(open, { ...seeing(open), reason: 'cannot-tell-who', words: 'Who are you?' }));
  expect(declined.lastAnswer).toMatchObject({ letter: 'declined', to: expect.not.stringContaining('ann@') });
  expect(await stateOf('member/ann')).toEqual({ 'profile-images': 'clear' });
});

test('what people decided is found again by its day, until it is reopened', async () => {
  const request = await nearMiss('bob');
  const declined = done(await decline(request, { ...seeing(request), reason: 'other', words: 'No.' }));
  const day = declined.decidedOn!;
  const ids = async () => (await decidedOn(day, { limit: 100 })).requests.map(({ requestId }) => requestId);
  expect((await ids())[0]).toBe(request.requestId);
  const noted = done(await note(declined, { ...seeing(declined), words: 'Still no.' }));
  expect(noted.decidedAt).toBe(declined.decidedAt);
  done(await reopen(noted, seeing(noted)));
  expect(await ids()).not.toContain(request.requestId);
});

describe('a crash in the middle of a decision', () => {
  /** The evidence cannot be written, so everything before it is done and nothing after it. */
  async function crash(act: () => Promise<unknown>) {
    vi.stubEnv('EVIDENCE_BUCKET', 'gone');
    await expect(act()).rejects.toThrow();
    vi.stubEnv('EVIDENCE_BUCKET', stack.outputs.EvidenceBucket!);
  }

  test('leaves the images blocked and the decision to the one who took it, and the next click finishes it', async () => {
    const request = await nearMiss('mia');
    const click = () => grant(request, { ...seeing(request), memberId: 'mia', grants: [profile('mia')] });
    await crash(click);
    expect(await stateOf('member/mia')).toEqual({ 'profile-images': 'blocked' });
    expect(await again(request)).toMatchObject({ state: 'review', open: 'deciding', deciding: { step: { by: rita } } });
    const other = await decline(request, { ...seeing(request, otto), reason: 'other', words: 'No.' });
    expect(other).toEqual({ refused: expect.stringContaining('Rita Reviewer is deciding') });

    const granted = done(await click());
    expect([granted.state, granted.open, granted.deciding]).toEqual(['granted', undefined, undefined]);
    await confirming.mailTo('mia@members.invalid', 'Done: your images');
  });

  test('is made good within the hour where nobody comes back', async () => {
    const request = await nearMiss('bob');
    await crash(() => ask(request, { ...seeing(request), words: 'Which one of these?' }));
    await makeOld(request);
    await stack.runSchedule(stack.plan.schedules[0]!.name);
    const after = await until(async () => {
      const found = await again(request);
      return found.history.length > request.history.length ? found : undefined;
    });
    expect(after).toMatchObject({ open: 'asked', dueWhenPaused: request.dueAt });
    expect(after.history.at(-1)).toMatchObject({ rule: 'asked', by: rita });
    expect(after.deciding).toBeUndefined();
    await confirming.mailTo('bob@members.invalid', 'Which one of these?');
    const questions = (await walk.deliveries()).filter(
      ({ batch, letter }) => batch === request.requestId && letter === 'question',
    );
    expect(questions).toHaveLength(1);
  });
});

test('a due date can be moved once, with its reason, and a note changes nothing else', async () => {
  const request = await nearMiss('bob');
  const extended = done(await extend(request, { ...seeing(request), days: 5, words: 'The archive is closed.' }));
  expect(extended.dueAt! > request.dueAt!).toBe(true);
  expect(extended.history.at(-1)).toMatchObject({ rule: 'extended', words: 'The archive is closed.', by: rita });
  expect(await extend(extended, { ...seeing(extended), days: 5, words: 'Again.' })).toHaveProperty('refused');
  const noted = done(await note(extended, { ...seeing(extended), words: 'Called the studio.' }));
  expect(noted).toMatchObject({ state: 'review', dueAt: extended.dueAt, open: 'review' });
});

describe('looking', () => {
  test('a tray is read page by page in order of the due date, and counted', async () => {
    const all = (await inTray('review', { limit: 100 })).requests;
    const pages: WrittenRequest[] = [];
    let after: string | undefined;
    do {
      const { requests, next } = await inTray('review', { limit: 2, after });
      pages.push(...requests);
      after = next;
    } while (after);
    expect(all.length).toBeGreaterThan(4);
    expect(pages.map(({ requestId }) => requestId)).toEqual(all.map(({ requestId }) => requestId));
    expect(all.map(({ dueAt }) => dueAt)).toEqual(all.map(({ dueAt }) => dueAt).toSorted());
    expect(await countTray('review')).toEqual({ count: all.length, more: false });
    expect(await countTray('review', undefined, { most: 2 })).toEqual({ count: 2, more: true });
    expect(await countTray('review', '2026-01-01')).toEqual({ count: 0, more: false });
    expect((await inTray('review', { limit: 2, after: '../../etc~W-1' })).requests).toEqual(pages.slice(0, 2));
  });

  test('a request is found by its number however it is typed, and a member with their requests in five ways', async () => {
    const { requests } = await requestsOf('member/hugo', { limit: 10 });
    expect(requests).toHaveLength(2);
    const [{ requestId }] = requests as [WrittenRequest];
    for (const typed of [requestId, requestId.toLowerCase(), ` ${requestId.replaceAll('-', '').slice(1)} `]) {
      expect((await search(typed)).requests.map((found) => found.requestId)).toEqual([requestId]);
    }
    for (const typed of ['hugo', '@Hugo-Handle', 'hugo example', 'HUGO@members.invalid', 'hugo-handle']) {
      const found = await search(typed);
      expect(
        found.members.map(({ memberId }) => memberId),
        typed,
      ).toEqual(['hugo']);
      expect(
        found.requests.map((request) => request.requestId),
        typed,
      ).toEqual(requests.map((request) => request.requestId));
    }
    for (const typed of ['', '   ', 'nobody', 'x'.repeat(5_000), 'W-0000-0000-0000-0000']) {
      expect(await search(typed)).toEqual({ requests: [], members: [] });
    }
  });
});

async function entriesInEvidence({ requestId }: WrittenRequest) {
  const Bucket = stack.outputs.EvidenceBucket;
  const { Contents = [] } = await stack.s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: `requests/${requestId}/history/` }),
  );
  const bodies = Contents.map(async ({ Key }) => {
    const { Body } = await stack.s3.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse(await Body!.transformToString());
  });
  return Promise.all(bodies);
}

/** As if the person had decided two minutes ago. */
async function makeOld({ requestId }: WrittenRequest) {
  const TableName = stack.outputs.RequestsTable;
  const { Item } = await stack.dynamodb.send(new GetCommand({ TableName, Key: { requestId } }));
  Item!.deciding.step.at = new Date(Date.now() - 120_000).toISOString();
  await stack.dynamodb.send(new PutCommand({ TableName, Item }));
}
