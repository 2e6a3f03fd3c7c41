/**
 * Turns bare CR line ends into CRLF, as a few old clients send them: every MIME parser tried reads such a mail as one
 * endless header and finds no subject. SMTP adds CRLF at the end, and relays on the way add theirs, so what counts is
 * which line end prevails at the beginning. Other mail passes untouched.
 *
 * `mended` tells that the bytes read are not the bytes that SES judged.
 */
export function mendLineEnds(): { take: (chunk: Buffer) => Buffer; mended: () => boolean } {
  let mending: boolean | undefined;
  let lastWasCr = false;
  return {
    take: (chunk) => {
      if (chunk.length > 0) mending ??= prevailsBareCr(chunk);
      if (!mending) return chunk;
      const mended = mend(chunk, lastWasCr);
      lastWasCr = chunk.at(-1) === cr;
      return mended;
    },
    mended: () => mending === true,
  };
}

/** Every CR becomes CRLF, and an LF after a CR is that same line end. */
function mend(chunk: Buffer, lastWasCr: boolean): Buffer {
  const mended = Buffer.allocUnsafe(2 * chunk.length);
  let length = 0;
  let afterCr = lastWasCr;
  for (let at = 0; at < chunk.length; at += 1) {
    const byte = chunk[at]!;
    if (!(byte === lf && afterCr)) mended[length++] = byte;
    afterCr = byte === cr;
    if (afterCr) mended[length++] = lf;
  }
  return mended.subarray(0, length);
}

function prevailsBareCr(chunk: Buffer): boolean {
  const text = chunk.toString('latin1', 0, 4 * 1024);
  if (!/\r(?!\n)/.test(text)) return false;
  return text.match(/\r(?!\n)/g)!.length > (text.match(/\n/g)?.length ?? 0);
}

const cr = 0x0d;
const lf = 0x0a;
