import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { type Desk, signIn } from '../../desk.ts';
import { type LocalStack, startLocalStack, until } from '../../local-stack.ts';
import { type Walk, walkOn } from '../../walks/walk.ts';

/** The page of one request over HTTP, on requests that came by mail. */
let stack: LocalStack;
let walk: Walk;
let rita: Desk;
let otto: Desk;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  rita = await signIn(stack, 'reviewer');
  otto = await signIn(stack, 'officer');
  await walk.haveMembers(
    'm1,anna,Anna Weber,anna@members.invalid,,gardeners,en,',
    'm2,jdoe,Jane Doe,jane@members.invalid,,,en,',
    'm3,zoe,Zoë Müller,zoe@members.invalid,,,en,',
  );
});
afterAll(() => stack?.stop());

describe('what came', () => {
  test('a mail is shown as text: its markup, scripts, hidden words and links reach nobody', async () => {
    const { requestId } = await arrived('html', {
      from: '"Jane <b>D</b>" <jd@elsewhere.invalid>',
      subject: 'Remove from market materials <script>alert(1)</script>',
      html: '<p>Please &lt;do&gt; it, jdoe</p><div style="display:none">SECRET</div><script>alert(2)</script><img src=x onerror=alert(3)><a href="https://evil.invalid/">https://nice.invalid/</a>',
      attachments: [{ filename: '"><b>.txt', content: 'hello' }],
    });
    const { status, page, headers } = await open(rita, requestId);
    expect(status).toBe(200);
    expect(page).toContain('Please &lt;do&gt; it');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('https://evil.invalid/');
    for (const never of ['SECRET', '<script>', 'onerror=', 'href="https://evil', '<b>.txt', 'style='])
      expect(page).not.toContain(never);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.length).toBeLessThan(60_000);
  });

  test('an attachment is a download that no browser opens, and one too large for an answer is refused in a sentence', async () => {
    const { requestId } = await arrived('attached', {
      from: 'jane@members.invalid',
      subject: 'pictures',
      text: 'x',
      attachments: [
        { filename: 'page.html', content: '<script>alert(1)</script>', contentType: 'text/html' },
        { filename: 'big.bin', content: Buffer.alloc(5_000_000, 7), contentType: 'application/x-thing' },
      ],
    });
    const small = await rita(`/requests/${requestId}/mail/attachments/1?name=page.html`);
    expect(await small.text()).toBe('<script>alert(1)</script>');
    expect(Object.fromEntries(small.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringContaining('attachment; filename="page.html"'),
    });
    expect((await rita(`/requests/${requestId}/mail/attachments/2`)).status).toBe(413);
    expect((await rita(`/requests/${requestId}/mail/attachments/3`)).status).toBe(404);
    expect((await open(rita, requestId)).page).toContain('too large to be had alone');
    const link = await rita(`/requests/${requestId}/mail.eml`);
    expect(link.status).toBe(302);
    const eml = await fetch(link.headers.get('location')!);
    expect(eml.headers.get('content-disposition')).toContain(`attachment; filename="${requestId}.eml"`);
    expect(await eml.text()).toContain('Subject: pictures');
  });

  test('a mail with a virus is told by its headers alone, and none of its bytes can be had', async () => {
    const { requestId } = await arrived('virus', {
      from: 'anna@members.invalid',
      subject: 'look at this',
      text: 'INNER WORDS',
      attachments: [{ filename: 'x.com', content: eicar }],
    });
    const { page } = await open(rita, requestId);
    expect(page).toContain('did not pass the virus scan');
    expect(page).toContain('look at this');
    expect(page).not.toContain('INNER WORDS');
    expect((await rita(`/requests/${requestId}/mail.eml`)).status).toBe(403);
    expect((await rita(`/requests/${requestId}/mail/attachments/1`)).status).toBe(403);
  });

  test('an id that people typed in lower case is found, and one that is none is told as such', async () => {
    const { requestId } = await arrived('typed', { from: 'zoe@members.invalid', subject: 'hello', text: 'x' });
    expect((await open(rita, requestId.toLowerCase())).status).toBe(200);
    const { status, page } = await open(rita, 'W-AAAA-AAAA-AAAA-AAAA');
    expect([status, page.includes('There is no such request')]).toEqual([404, true]);
  });

  test('who may not review gets neither the page nor the evidence nor a decision', async () => {
    const { requestId } = await arrived('roles', { from: 'zoe@members.invalid', subject: 'hello again', text: 'x' });
    for (const who of [await signIn(stack, 'marketing'), await signIn(stack, 'nobody')]) {
      for (const path of ['', '/mail.eml', '/mail/attachments/1', '/viewer', '/scans/1/original', '/scans/1/pages/1'])
        expect((await who(`/requests/${requestId}${path}`)).status).toBe(403);
      expect((await post(who, requestId, 'note', { words: 'x', seen: '1' })).status).toBe(403);
    }
  });
});

describe('what is decided', () => {
  test('granting blocks exactly what was ticked, says so with names, and can be reopened', async () => {
    const { requestId } = await arrived('granted', {
      from: 'stranger@elsewhere.invalid',
      subject: 'remove from marketing material',
      text: 'My user name is anna',
    });
    const { page } = await open(rita, requestId);
    expect(page).toContain('The mail holds the user name &quot;anna&quot;.');
    const done = await post(rita, requestId, 'grant', {
      ...seenOn(page),
      member: 'm1',
      scope: ['member/m1 profile-images', 'community/gardeners pages'],
    });
    expect(done.status).toBe(303);
    const after = await follow(rita, done);
    expect(after).toContain('images of the profile page of Anna Weber and pages of the community gardeners');
    expect(after).toContain('The answer goes to Anna Weber (anna@members.invalid).');
    expect(await walk.optOut('member/m1')).toMatchObject({
      scopes: { 'profile-images': { blockedBy: { [requestId]: expect.any(String) } } },
    });
    expect((await walk.optOut('community/gardeners'))?.scopes['header-graphic']).toBeUndefined();

    const undone = await follow(rita, await post(rita, requestId, 'reopen', seenOn(after)));
    expect(undone).toContain('Reopened: ');
    expect(undone).toContain('Anna Weber already has our answer');
    const [, delivery] = /answers\/([\w-]+)\/text/.exec(
      await until(async () => {
        const { page: answered } = await open(rita, requestId);
        return answered.includes('/text') ? answered : undefined;
      }),
    )!;
    const said = await rita(`/requests/${requestId}/answers/${delivery}/text`, { headers: { 'hx-request': 'true' } });
    expect(await said.text()).toContain('images of your profile page');
    const printed = await (await rita(`/requests/${requestId}/letter`)).text();
    expect(printed).not.toContain('Done: ');
    expect(printed).toContain('We have your request');
    expect((await request(requestId)).state).toBe('review');
    expect((await walk.optOut('member/m1'))?.scopes['profile-images']).toMatchObject({
      blockedBy: {},
      holds: { [requestId]: expect.any(String) },
    });
  });

  test('of two people at once the second one reads who was first, and can send what was typed again', async () => {
    const { requestId } = await arrived('two', {
      from: 'zoe@members.invalid',
      subject: 'about my pictures',
      text: 'x',
    });
    const [seenByRita, seenByOtto] = [await open(rita, requestId), await open(otto, requestId)];
    await post(rita, requestId, 'note', { ...seenOn(seenByRita.page), words: 'I call her.' });
    const second = await post(otto, requestId, 'decline', {
      ...seenOn(seenByOtto.page),
      reason: 'not-about-images',
      words: 'You asked about something else.',
    });
    expect(second.status).toBe(409);
    const page = await second.text();
    expect(page).toContain('Rita Reviewer was first');
    expect(page).toContain('I call her.');
    expect(page).toContain('You asked about something else.</textarea>');
    expect(page).toMatch(/value="not-about-images"[^>]* checked/);
    expect((await request(requestId)).state).toBe('review');
    const again = await post(otto, requestId, 'decline', {
      ...seenOn(page),
      reason: 'not-about-images',
      words: 'You asked about something else.',
    });
    expect(again.status).toBe(303);
    expect((await request(requestId)).state).toBe('declined');
  });

  test('what is missing is told beside its field, and what was typed stays', async () => {
    const { requestId } = await arrived('faults', {
      from: 'zoe@members.invalid',
      subject: 'more about my pictures',
      text: 'x',
    });
    const seen = seenOn((await open(rita, requestId)).page);
    const wrong: [string, Record<string, string>, string][] = [
      ['grant', { words: 'TYPED' }, 'Choose whose images'],
      ['grant', { words: 'TYPED', member: 'm3' }, 'Tick at least one kind of images of Zoë Müller.'],
      ['decline', { words: 'TYPED' }, 'Choose one of the reasons.'],
      ['decline', { reason: 'other' }, 'Write what the requester should read.'],
      ['ask', {}, 'Write what you want to ask.'],
      ['merge', { into: 'TYPED' }, 'Give the whole id'],
      ['extend', { days: '-1', words: 'TYPED' }, 'Give a whole number of business days.'],
      ['note', {}, 'Write the note.'],
    ];
    for (const [step, form, sentence] of wrong) {
      const answer = await post(rita, requestId, step, { ...seen, ...form });
      const page = await answer.text();
      expect([step, answer.status]).toEqual([step, 422]);
      expect(page).toContain(sentence);
      if (Object.values(form).includes('TYPED')) expect(page).toContain('TYPED');
      expect(page).toMatch(new RegExp(`<details [^>]*id="${step}"[^>]* open`));
    }
    expect((await rita(`/requests/${requestId}/decline`)).headers.get('location')).toBe(`/desk/requests/${requestId}`);
    expect((await request(requestId)).history).toHaveLength(1);
  });

  test('asking stops the time, and the reply is shown and starts it again', async () => {
    const { requestId } = await arrived('asked', {
      from: 'jane@members.invalid',
      subject: 'my pictures please',
      text: 'x',
    });
    const { page } = await open(rita, requestId);
    expect(page).toContain('It goes to Jane Doe (jane@members.invalid).');
    const asked = await follow(
      rita,
      await post(rita, requestId, 'ask', { ...seenOn(page), words: 'Which pictures do you mean?' }),
    );
    expect(asked).toContain('the time stands still');
    const question = await until(async () =>
      (await walk.answersTo('<asked@seed.invalid>')).find(({ text }) => text?.includes('Which pictures do you mean?')),
    );
    await stack.send({
      from: 'jane@members.invalid',
      to: question.replyTo!.text,
      subject: `Re: ${question.subject}`,
      text: 'All of them.\n\nOn Monday you wrote:\n> Which pictures?',
    });
    await until(async () => (await request(requestId)).history.some(({ rule }) => rule.startsWith('reply-')));
    const resumed = await open(rita, requestId);
    expect(resumed.page).toContain('All of them.');
    expect(resumed.page).toContain('Quoted mail, 2 lines');
    expect(resumed.page).toContain('The first mail');
    expect((await request(requestId)).pausedAt).toBeUndefined();
  });

  test('a request is merged into another one that stands behind the id', async () => {
    const first = await arrived('first', { from: 'zoe@members.invalid', subject: 'my wish', text: 'x' });
    const second = await arrived('second', { from: 'zoe@members.invalid', subject: 'my wish again', text: 'x' });
    const { page } = await open(rita, second.requestId);
    expect(page).toContain('my wish</a>');
    const preview = await rita(`/requests/${second.requestId}/merge-into?into=${first.requestId.toLowerCase()}`);
    expect(await preview.text()).toContain('my wish');
    const merged = await follow(
      rita,
      await post(rita, second.requestId, 'merge', { ...seenOn(page), into: first.requestId }),
    );
    expect(merged).toContain(`href="/desk/requests/${first.requestId}"`);
    expect((await request(second.requestId)).mergedInto).toBe(first.requestId);
  });

  test('members are found while one types, with the present state of all that they can ask for', async () => {
    const { requestId } = await arrived('find', { from: 'x@elsewhere.invalid', subject: 'pictures of me', text: 'x' });
    const found = await (await rita(`/requests/${requestId}/members?find=jane%20doe`)).text();
    expect(found).toContain('value="member/m2 profile-images"');
    expect(found).toContain('Clear');
    const page = await (await rita(`/requests/${requestId}?find=nobody`)).text();
    expect(page).toContain('Nobody is found by “nobody”');
  });
});

async function arrived(name: string, mail: Parameters<LocalStack['send']>[0]): Promise<WrittenRequest> {
  const messageId = `<${name}@seed.invalid>`;
  await stack.send({ to: `privacy@${stack.outputs.MailDomain}`, messageId, ...mail });
  return (await walk.settled(messageId)) as WrittenRequest;
}

async function open(desk: Desk, requestId: string) {
  const answer = await desk(`/requests/${requestId}`);
  return { status: answer.status, headers: answer.headers, page: await answer.text() };
}

async function post(desk: Desk, requestId: string, step: string, form: Record<string, string | string[]>) {
  const body = new URLSearchParams(
    Object.entries(form).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value])),
  );
  return desk(`/requests/${requestId}/${step}`, { method: 'POST', body });
}

const seenOn = (page: string) => ({ seen: /name="seen" value="(\d+)"/.exec(page)![1]! });

async function follow(desk: Desk, answer: Response): Promise<string> {
  expect(answer.status).toBe(303);
  return (await desk(answer.headers.get('location')!.replace('/desk', ''))).text();
}

const request = async (requestId: string) =>
  (await walk.requests()).find((each) => each.requestId === requestId) as WrittenRequest;

/** The test file of the virus scanners, in two pieces so that none of them takes fright at this file. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
