import { Transform } from 'node:stream';

/**
 * Turns bare CR line ends into CRLF, as a few old clients send them: every MIME parser tried reads such a mail as one
 * endless header and finds no subject. Mail with any LF near its beginning passes untouched.
 */
export function mendLineEnds(): Transform {
  let bareCr: boolean | undefined;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bareCr ??= chunk.includes(cr) && !chunk.includes(lf);
      done(null, bareCr ? Buffer.from(chunk.toString('latin1').replaceAll('\r', '\r\n'), 'latin1') : chunk);
    },
  });
}

const cr = 0x0d;
const lf = 0x0a;
