/**
 * Mails made to cost time or memory, each as a stream of bytes, by what it does. The big ones repeat one block, so that
 * making them costs neither. None is more than the 40 MB that the mail door takes.
 */
export const hostileMails: Record<string, () => Iterable<Buffer>> = {
  'one header of 1 MB': () => [head(`X-Long: ${'a'.repeat(megabyte)}`), text('hello')],
  'one header of 40 MB': () => [bytes(subject, '\r\nX-Long: '), ...repeat('a', 40 * megabyte)],
  'a header of 1 MB before the subject': () => [bytes(`X-Long: ${'a'.repeat(megabyte)}\r\n`), head(), text('hello')],
  '100,000 headers of one name': () => [head(...many(100_000, () => 'X: y')), text('hello')],
  '100,000 headers of many names': () => [head(...many(100_000, (n) => `X-${n}: y`)), text('hello')],
  '20,000 References fields': () => [head(...many(20_000, () => 'References: <a@b>')), text('hello')],
  '40 MB of headers in 1,000 parts': () => partsOf(1_000, `X-Long: ${'y'.repeat(40_000)}\r\n`, 'x'),
  'one header folded 40,000 times': () => [head(`X: y${'\r\n z'.repeat(40_000)}`), text('hello')],
  '50,000 addresses in From': () => [
    bytes(`From: ${many(50_000, (n) => `a${n}@b.example`).join(',\r\n ')}\r\n`),
    text('x'),
  ],
  '20,000 opening groups in From': () => [bytes(`From: ${'g:'.repeat(20_000)}\r\n`), text('x')],
  '20,000 quotes and brackets in From': () => [bytes(`From: ${'"<('.repeat(20_000)}\r\n`), text('x')],
  'From with 10,000 encoded words': () => [bytes(`From: ${'=?utf-8?B?PGFAYj4=?=\r\n '.repeat(10_000)}\r\n`), text('x')],
  'a List-Unsubscribe of 200 KB': () => [head(`List-Unsubscribe: ${'<mailto:a@b>,'.repeat(16_000)}`), text('hello')],
  '5,000 List-Unsubscribe fields': () => [head(...many(5_000, () => 'List-Unsubscribe: <mailto:a@b>')), text('hello')],
  '500 KB of base64 in the subject': () => [subjectOf(`=?utf-8?B?${'QUFB'.repeat(125_000)}?=`), text('hello')],
  '20,000 encoded words in the subject': () => [subjectOf('=?utf-8?Q?a?= '.repeat(20_000)), text('hello')],
  '10,000 encoded words in two charsets in turn': () => [
    subjectOf('=?utf-8?B?QQ==?= =?koi8-r?Q?a?= '.repeat(5_000)),
    text('hello'),
  ],
  '100,000 beginnings of encoded words': () => [subjectOf('=?'.repeat(100_000)), text('hello')],
  '200 KB of spaces between encoded words': () => [
    subjectOf(`=?utf-8?Q?a?=${' '.repeat(200_000)}=?utf-8?Q?b`),
    text('hello'),
  ],
  'encoded words of iso-2022-jp': () => [subjectOf('=?iso-2022-jp?B?GyRCRnxLXA==?= '.repeat(9_000)), text('hello')],
  '20,000 RFC 2231 continuations': () => [
    head(`Content-Type: text/plain;${many(20_000, (n) => ` name*${n}*=a;`).join('')}`),
    text('hello'),
  ],
  '30,000 parameters': () => [
    head(`Content-Type: text/plain;${many(30_000, (n) => `p${n}=a;`).join('')}`),
    text('hello'),
  ],
  'a boundary of 200 KB': () => [
    head(`Content-Type: multipart/mixed; boundary=${'b'.repeat(200_000)}`),
    ...repeat(`--${'b'.repeat(150_000)}\r\n`, 20 * megabyte),
  ],
  '40 MB of text in one part': () => [head(), bytes('\r\n'), ...repeat('Remove my pictures from it. ', 40 * megabyte)],
  '40 MB of text in iso-2022-jp': () => [
    head('Content-Type: text/plain; charset=iso-2022-jp'),
    bytes('\r\n'),
    ...repeat('\u001b$BF|K\\\u001b(B text\r\n', 40 * megabyte),
  ],
  '40 MB of text in utf-7': () => [
    head('Content-Type: text/plain; charset=utf-7'),
    bytes('\r\n'),
    ...repeat('+ZeVnLIqe-', 40 * megabyte),
  ],
  '40 MB of HTML': () => [
    head('Content-Type: text/html'),
    bytes('\r\n'),
    ...repeat('<b>marketing</b> mate &amp; remove ', 40 * megabyte),
  ],
  '40 MB of opening tags': () => [
    head('Content-Type: text/html'),
    bytes('\r\nmarketing materials remove'),
    ...repeat('<p><i><x ', 40 * megabyte),
  ],
  '40 MB of closing tags': () => [
    head('Content-Type: text/html'),
    bytes('\r\nmarketing materials remove'),
    ...repeat('<b><u></i>', 40 * megabyte),
  ],
  '40 MB of line ends': () => [head(), ...repeat('\n', 40 * megabyte)],
  '40 MB of line ends in an attachment': () => [
    head('Content-Type: application/pdf'),
    bytes('\r\n'),
    ...repeat('\n', 40 * megabyte),
  ],
  '40 MB of line ends after the last part': () => [
    head('Content-Type: multipart/mixed; boundary=b'),
    bytes('\r\n--b\r\n\r\nhello\r\n--b--\r\n'),
    ...repeat('\n', 40 * megabyte),
  ],
  '40 MB of dashes': () => [
    head('Content-Type: multipart/mixed; boundary=b'),
    bytes('\r\n--b\r\n\r\nhello\r\n'),
    ...repeat('--\r\n', 40 * megabyte),
  ],
  '40 MB of bare CR': () => [bytes(`Subject: REMOVE FROM MARKETING MATERIALS\r\r`), ...repeat('\r', 40 * megabyte)],
  '40 MB of NUL': () => repeat('\0', 40 * megabyte),
  '40 MB of an attachment in base64': () => [
    head('Content-Type: image/tiff', 'Content-Transfer-Encoding: base64'),
    bytes('\r\n'),
    ...repeat(`${'QUFB'.repeat(19)}\r\n`, 40 * megabyte),
  ],
  '40 MB of base64 in one line': () => [
    head('Content-Type: image/tiff', 'Content-Transfer-Encoding: base64'),
    bytes('\r\n'),
    ...repeat('QUFB', 40 * megabyte),
  ],
  '40 MB of base64 with a character a line': () => [
    head('Content-Type: image/tiff', 'Content-Transfer-Encoding: base64'),
    bytes('\r\n'),
    ...repeat('Q\n', 40 * megabyte),
  ],
  '40 MB of quoted-printable text': () => [
    head('Content-Transfer-Encoding: quoted-printable'),
    bytes('\r\n'),
    ...repeat('=41=42=\r\n', 40 * megabyte),
  ],
  '40 MB of equals signs in an attachment': () => [
    head('Content-Type: image/tiff', 'Content-Transfer-Encoding: quoted-printable'),
    bytes('\r\n'),
    ...repeat('=', 40 * megabyte),
  ],
  '40 MB of quoted-printable in an attachment': () => [
    head('Content-Type: image/tiff', 'Content-Transfer-Encoding: quoted-printable'),
    bytes('\r\n'),
    ...repeat('=41=42=\r\n', 40 * megabyte),
  ],
  '40 MB of flowed text': () => [
    head('Content-Type: text/plain; format=flowed; delsp=yes'),
    bytes('\r\n'),
    ...repeat('a \n', 40 * megabyte),
  ],
  '40 MB of flowed spaces': () => [
    head('Content-Type: text/plain; format=flowed'),
    bytes('\r\n'),
    ...repeat(' \n', 40 * megabyte),
  ],
  'one word of 40 MB': () => [head(), bytes('\r\n'), ...repeat('removemarketingmaterials', 40 * megabyte)],
  '40 MB of links': () => [head(), bytes('\r\n'), ...repeat('http://xn--a.xn--a.xn--a.', 40 * megabyte)],
  '40 MB of at signs': () => [head(), bytes('\r\n'), ...repeat('@', 40 * megabyte)],
  'the phrase 1,500,000 times': () => [head(), bytes('\r\n'), ...repeat('remove from marketing ', 40 * megabyte)],
  '1,000 parts of text': () => partsOf(1_000, '', 'hello '.repeat(6_000)),
  '1,000 parts in iso-2022-jp': () =>
    partsOf(1_000, 'Content-Type: text/plain; charset=iso-2022-jp\r\n', '\u001b$BF|K\\\u001b(B'.repeat(3_000)),
  '1,000 attachments': () => partsOf(1_000, 'Content-Type: image/png\r\n', 'hello '.repeat(6_000)),
  'a million empty parts': () => [
    head('Content-Type: multipart/mixed; boundary=b'),
    bytes('\r\n'),
    ...repeat('--b\n\n', 40 * megabyte),
  ],
  'a million boundaries without a blank line': () => [
    head('Content-Type: multipart/mixed; boundary=b'),
    bytes('\r\n'),
    ...repeat('--b\n', 40 * megabyte),
  ],
  '100,000 nested parts': () => [
    head(),
    ...many(100, (hundred) => bytes(...many(1_000, (n) => nesting(1_000 * hundred + n)))),
  ],
  '500 nested parts': () => [head(), bytes(...many(500, nesting)), text('hello')],
  '100,000 nested messages': () => [
    head(),
    ...repeat('Content-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n', 8 * megabyte),
  ],
};

const megabyte = 1024 * 1024;
const subject = 'From: ann@example.org\r\nSubject: hello';

const bytes = (...all: string[]): Buffer => Buffer.from(all.join(''), 'latin1');
const head = (...fields: string[]): Buffer => bytes([subject, ...fields, ''].join('\r\n'));
const subjectOf = (value: string): Buffer => bytes(`From: ann@example.org\r\nSubject: ${value}\r\n`);
const text = (body: string): Buffer => bytes(`\r\n${body}\r\n`);
const nesting = (level: number): string => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`;
const many = <Made>(count: number, make: (number: number) => Made): Made[] =>
  Array.from({ length: count }, (_, number) => make(number));

/** All parts have the same body, so that making them costs no memory either. */
function* partsOf(count: number, partHead: string, body: string): Iterable<Buffer> {
  yield head('Content-Type: multipart/mixed; boundary=b');
  const part = bytes('\r\n--b\r\n', partHead, '\r\n', body);
  for (let made = 0; made < count; made += 1) yield part;
}

/** About `size` bytes of the pattern. Every block is the same one, so 40 MB of it take 64 KB. */
function* repeat(pattern: string, size: number): Iterable<Buffer> {
  const block = bytes(pattern.repeat(Math.ceil(65_536 / pattern.length)));
  for (let made = 0; made < size; made += block.length) yield block;
}
