import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../../shared/errors.ts';
import { type NoticeFacts, renderBody, renderNotice, summarize } from '../../../shared/notices/render.ts';

const facts: NoticeFacts = {
  language: 'en',
  siteName: 'Rock & Roll <Fans>',
  noticeUrl: 'https://privacy.example/notices/N-0000-0001?lang=en',
  effectiveOn: '2031-01-01',
};
const render = (markdown: string, changes: Partial<NoticeFacts> = {}) =>
  renderNotice({ subject: 'We ask first', markdown }, { ...facts, ...changes });

test('the mail says what it is, since when it holds, where it is on the site, and why it came', () => {
  const { subject, text, html } = render('Your images are **yours**.');
  expect(subject).toBe('We ask first');
  expect(text).toBe(`We ask first

This takes effect on January 1, 2031.

Your images are yours.

----------

Read this notice on our site:
https://privacy.example/notices/N-0000-0001?lang=en

You get this because you are a member of Rock & Roll <Fans>. It is about your privacy, so it comes whatever your mail settings are.
`);
  expect(html).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
  expect(html).toContain('<p>Your images are <strong>yours</strong>.</p>');
  expect(html).toContain('member of Rock &amp; Roll &lt;Fans&gt;.');
  expect(`${text}${html}`).not.toMatch(/unsubscribe/i);
});

test.each([
  ['de-AT', 'Das gilt ab dem 1. Januar 2031.', 'weil Sie Mitglied von'],
  ['fr', 'Cela prend effet le 1 janvier 2031.', 'parce que vous êtes membre de'],
  ['es', 'Entra en vigor el 1 de enero de 2031.', 'porque es miembro de'],
  ['it', 'This takes effect on January 1, 2031.', 'because you are a member of'],
  ['constructor', 'This takes effect on January 1, 2031.', 'because you are a member of'],
])('our own words in a notice in %s', (language, effective, why) => {
  const { text, html } = render('x', { language });
  for (const form of [text, html]) {
    expect(form).toContain(effective);
    expect(form).toContain(why);
  }
});

test('a language from right to left is marked as such, and our English words in it as English', () => {
  const { html } = render('مرحبا', { language: 'ar' });
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).toContain('<p lang="en" dir="ltr"><strong>This takes effect');
});

test('the text form keeps headings, lists, quotes, tables and where links lead', () => {
  const { text } = render(`# Big
See [the policy](https://x.example/p?a=1&b=2), https://x.example, a@b.example and [us](mailto:us@x.example).

## Small

3. Three
   - inner \`code\`
4. Four

- [x] done
- [ ] open

> said
> > before

| old | new |
| --- | --- |
| *a* | b |

    let x;

---
one\\
two&nbsp;&copy;`);
  expect(text).toContain(`Big
===

See the policy (https://x.example/p?a=1&b=2), https://x.example, a@b.example and us (us@x.example).

Small
-----

3. Three
   - inner code
4. Four

- [x] done
- [ ] open

> said
>
> > before

old | new
---------
a | b

    let x;

* * *

one
two\u00a0©
`);
});

describe('what a browser would act on', () => {
  test.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '<div\nonclick="x">',
    '<!-- x --> <?php ?> <![CDATA[x]]>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '`<b>` and\n\n    <i>\n\n```html\n<u>\n```',
    '| <b> |\n| --- |\n| <i onclick=x> |',
    '[<b onclick=x>](https://x.example)',
  ])('%j is shown as the text that it is', (markdown) => {
    const tags = [...renderBody(markdown).matchAll(/<\/?([a-z]\w*)([^>]*)>/g)];
    for (const [, name, attributes] of tags) {
      expect(['p', 'a', 'code', 'pre', 'table', 'thead', 'tbody', 'tr', 'th', 'td']).toContain(name);
      expect(attributes).toMatch(/^( href="https:\/\/x\.example")?$/);
    }
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'javascript&colon;alert(1)',
    '&#106;avascript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>x</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://x.example/1',
    '/privacy',
    '//evil.example',
    'x" onclick="x',
  ])('a link to %j is no link, and its words stay', (address) => {
    for (const markdown of [`[words](<${address}>)`, `[words](${address})`, `[words][1]\n\n[1]: <${address}>`]) {
      const body = renderBody(markdown);
      expect(body).toContain('words');
      expect(body).not.toMatch(/href|onclick="/);
    }
  });

  test('links to pages and addresses are links, and quotes in them end nothing', () => {
    expect(renderBody('[a](https://x.example/?q="><b>)')).toMatch(/^<p><a href="https:\/\/x\.example\/\?q=[^"<>]*">a/);
    expect(renderBody('<https://x.example> <a@b.example>')).toBe(
      '<p><a href="https://x.example">https://x.example</a> <a href="mailto:a@b.example">a@b.example</a></p>',
    );
  });

  test('an image is its words, so that nothing is fetched', () => {
    const { html, text } = render('![a *map*](https://evil.example/pixel.png "t")');
    expect(html).not.toMatch(/<img|evil/);
    expect(text).toContain('a map');
  });

  test('a subject is one line of text', () => {
    const { subject, html } = renderNotice({ subject: ' A\r\nBcc: x <b>\0 ', markdown: 'x' }, facts);
    expect(subject).toBe('A Bcc: x <b>');
    expect(html).toContain('<title>A Bcc: x &lt;b&gt;</title>');
  });
});

test('headings begin below the subject, leave no level out, and end at h4', () => {
  expect(renderBody('### a\n# b\n##### c\n###### d\n> # e').match(/<h\d/g)).toEqual([
    '<h3',
    '<h2',
    '<h4',
    '<h4',
    '<h2',
  ]);
});

test('the banner begins with the first paragraph, without addresses, cut at a word', () => {
  expect(summarize('# Title\n\nWe [ask](https://x.example)\nfirst.\n\nMore.')).toBe('We ask first.');
  expect(summarize('- one\n- two')).toBe('- one - two');
  const long = summarize('word '.repeat(100));
  expect(long).toMatch(/^(word )+…$/);
  expect(long.length).toBeLessThanOrEqual(242);
  expect(summarize('')).toBe('');
  expect(summarize('😀'.repeat(300))).toMatch(/^😀+ …$/u);
  expect(render('a <b> [c](https://x.example)').bannerHtml).toContain('<p>a &lt;b&gt; c</p>');
});

/** 20,000 characters each. */
const filled = (text: string) => text.repeat(Math.ceil(20_000 / text.length)).slice(0, 20_000);
const hostile = {
  ...Object.fromEntries(
    ['>', '> ', '- ', '1. ', '> - ', '[', '![', '[a](', '[*a](', '*a', '_a', '__a_', '**a**b_c__', '~~a~', '|***é~']
      .concat(['` `` ', '<', '<a ', '<!--', '\\', '&', 'www.a', 'http://a?', 'a@b.', '# ', '=\n', '\t', '\n', ' '])
      .concat(['a\n>>```\n', '- a\n  - b\n', '> a\na\n', '|-', 'a|b\n-|-\n', '[a]: b\n', '[a][b]', '- [ ] ', '***\n'])
      .concat(['é*\n> 1. =', "> [x]'```\n", '_\n<!--> '])
      .map((part) => [JSON.stringify(part), filled(part)]),
  ),
  'a tower of brackets': '['.repeat(10_000) + ']'.repeat(10_000),
  'a tower of stars': `${'**'.repeat(4_999)}a${'**'.repeat(5_000)}`,
  'an open star before each of many': '*a '.repeat(3_300) + '*b'.repeat(5_000),
  'lists ever deeper': Array.from({ length: 198 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n'),
  'quotes ever deeper': Array.from({ length: 198 }, (_, depth) => `${'>'.repeat(depth)} a`).join('\n'),
  'fences of every length': Array.from({ length: 198 }, (_, length) => '`'.repeat(length)).join(' a '),
};

test.each(Object.entries(hostile))('%s over and over ends soon', (_, markdown) => {
  const start = performance.now();
  const { html, text } = render(markdown.slice(0, 20_000));
  // Unbounded the worst of these take ten seconds or the stack; bounded, a fifth of a second on two busy cores.
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(html.length + text.length).toBeLessThan(1_000_000);
  for (const tag of ['blockquote', 'ul', 'ol', 'li', 'em', 'strong', 'a', 'p'])
    expect(html.split(`<${tag}>`).length + html.split(`<${tag} `).length - 1).toBe(html.split(`</${tag}>`).length);
});

test('a text with too many lists is there as it was typed', () => {
  const { html, text } = render('- a\n\n1. b\n\n'.repeat(1_000));
  expect(html).toContain('<p>1. b</p>');
  expect(text.match(/- a/g)).toHaveLength(1_000);
});

test('a text longer than a notice may be is refused by a sentence', () => {
  expect(() => render('x'.repeat(20_001))).toThrow(InvalidInput);
  expect(() => render('x'.repeat(20_001))).toThrow(/has 20001 characters and may have 20000/);
});
