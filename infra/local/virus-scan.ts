import type { Chunks } from './bodies.ts';

const spam = Buffer.from('XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X');

/** In two halves, or scanners would take this file for what it looks for. */
const virus = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));

/** An attached test file begins with the text, so its first base64 line (76 characters) is always the same. */
const encodedVirus = Buffer.from(virus.toString('base64').slice(0, 76));

/** Finds the standard test texts, GTUBE for spam and EICAR for viruses, and nothing else. */
export async function scan(chunks: Chunks): Promise<{ spam: 'PASS' | 'FAIL'; virus: 'PASS' | 'FAIL' }> {
  const found = { spam: false, virus: false };
  let tail = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const window = tail.length ? Buffer.concat([tail, chunk]) : chunk;
    found.spam ||= window.includes(spam);
    found.virus ||= window.includes(virus) || window.includes(encodedVirus);
    tail = Buffer.from(window.subarray(-encodedVirus.length));
  }
  return { spam: found.spam ? 'FAIL' : 'PASS', virus: found.virus ? 'FAIL' : 'PASS' };
}
