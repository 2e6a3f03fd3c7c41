import { describe, expect, test } from 'vitest';
import { visibleText } from '../../../shared/mail/visible-text.ts';

const shown = (html: string) => visibleText(html).replace(/\s+/g, ' ').trim();

describe('a reader sees', () => {
  test.each([
    ['words through their markup', '<p>REMOVE <b>FROM</b> <i>MARK</i>ETING&nbsp;<span>MATERIALS</span></p>'],
    ['characters written as references', '&#82;EMOVE &#x46;ROM MARKETING&nbsp;MATERIALS'],
    [
      'cells of a table as words of their own',
      '<table><tr><td>REMOVE</td><td>FROM</td></tr></table>MARKETING<br>MATERIALS',
    ],
    [
      'what follows a tag that nobody closed',
      '<div REMOVE ><a href="x>REMOVE FROM MARKETING MATERIALS',
      '"x>REMOVE FROM MARKETING MATERIALS',
    ],
    ['a less-than sign in a text', 'REMOVE < FROM MARKETING MATERIALS', 'REMOVE < FROM MARKETING MATERIALS'],
    ['what Outlook is told not to show', '<![if !mso]>REMOVE FROM MARKETING MATERIALS<![endif]>'],
    ['what follows a hidden paragraph', '<p hidden>no<p>REMOVE FROM MARKETING MATERIALS'],
    [
      'what follows hidden elements within each other',
      '<div hidden>no<div>no</div>no</div>REMOVE FROM MARKETING MATERIALS',
    ],
    ['what is small but not hidden', '<p style="font-size:0.9em">REMOVE FROM MARKETING MATERIALS</p>'],
    [
      'an element whose class or title speaks of hidden things',
      '<p class="hidden" title="is hidden ">REMOVE FROM MARKETING MATERIALS</p>',
    ],
  ])('%s', (_name, html, expected = 'REMOVE FROM MARKETING MATERIALS') => {
    expect(shown(html)).toBe(expected);
  });
});

describe('a reader does not see', () => {
  test.each([
    ['comments', 'seen <!-- REMOVE > FROM --> too'],
    ['a comment that never ends', 'seen too <!-- REMOVE <p> FROM'],
    ['styles and scripts', '<style>p > a { content: "<p>" }</style>seen <script>if (a < b) "</p>"</script>too'],
    ['the title', '<head><title>REMOVE</title></head>seen too'],
    ['elements with the attribute hidden', 'seen <div hidden>REMOVE <div>FROM</div> MARKETING</div> too'],
    ['elements that their style hides', 'seen <span style="color:red; Display : None">REMOVE</span> too'],
    ['the preview text of a newsletter', '<div style="max-height:0px;font-size:0">REMOVE</div>seen too'],
    ['attributes', 'seen <img alt="REMOVE > FROM"> too'],
  ])('%s', (_name, html) => {
    expect(shown(html)).toBe('seen too');
  });
});

test.each([
  ['unclosed tags', '<a '],
  ['unclosed quotes', '<a "'],
  ['unclosed comments', '<!--'],
  ['scripts', '<script>'],
  ['ampersands', '&'],
  ['hidden elements', '<b hidden>'],
  ['closing tags', '</b>'],
  ['spaces in a style', '<p style="display     '],
  ['less-than signs', '<'],
])('256 KB of %s are read to their end', (_name, pattern) => {
  expect(typeof visibleText(pattern.repeat((256 * 1024) / pattern.length))).toBe('string');
});
