/** Counts what a body would be when decoded (RFC 2045 section 6), without decoding it. Sizes are in bytes. */
export function decodedSize(encoding: string): { count: (bytes: Buffer) => void; size: () => number } {
  if (encoding === 'base64') return base64Size();
  if (encoding === 'quoted-printable') return quotedPrintableSize();
  let size = 0;
  const count = (bytes: Buffer) => {
    size += bytes.length;
  };
  return { count, size: () => size };
}

function base64Size() {
  let characters = 0;
  return {
    count: (bytes: Buffer) => {
      for (let at = 0; at < bytes.length; at += 1) characters += isBase64[bytes[at]!]!;
    },
    size: () => Math.floor((characters * 3) / 4),
  };
}

const isBase64 = Uint8Array.from({ length: 256 }, (_, code) =>
  /[A-Za-z0-9+/]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** `=41` is one byte, and `=` at the end of a line none. What stands across two chunks may be counted a byte or two off. */
function quotedPrintableSize() {
  let size = 0;
  return {
    count: (bytes: Buffer) => {
      size += bytes.length;
      for (let at = bytes.indexOf(equals); at !== -1; at = bytes.indexOf(equals, at + 1)) {
        const next = bytes[at + 1];
        size -= next === cr ? 3 : 2;
        at += next === cr || next !== lf ? 2 : 1;
      }
    },
    size: () => Math.max(size, 0),
  };
}

const equals = 0x3d;
const cr = 0x0d;
const lf = 0x0a;
