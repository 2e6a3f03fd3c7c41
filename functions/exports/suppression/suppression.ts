import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { canonicalAddress } from '../../../shared/members/address.ts';
import { getMembers } from '../../../shared/members/directory.ts';
import { addressesOf } from '../../../shared/members/member.ts';
import { type OptOut, stateOf } from '../../../shared/optouts/opt-out.ts';
import { walkOptOuts } from '../../../shared/optouts/walk.ts';
import type { Maker } from '../makers.ts';

/**
 * The addresses to which no offers may go, one a line, in the form in which addresses are compared: `plain` for our own
 * tools, `hashed` for partners, who compare the SHA-256 of their addresses and learn of nobody whom they do not have.
 * Without a salt, since everybody in the trade hashes so, and a partner's tool could not compare otherwise: whoever can
 * guess an address can still check it against the list, so it goes to partners under contract alone.
 *
 * No CSV: a spreadsheet computes a cell that begins with "=", and an address may, but has to stay what it is.
 */
export const makeSuppression: Maker = async ({ at, subject }, folder, progress) => {
  const path = join(folder, 'suppression.txt');
  let count = 0;
  const onLines = async (more: number) => {
    count += more;
    await progress(count, 0);
  };
  await pipeline(Readable.from(linesOf(subject === 'hashed' ? hashed : asIs, onLines)), createWriteStream(path));
  return {
    path,
    name: `suppression-${subject}-${at.slice(0, 10)}.txt`,
    contentType: 'text/plain; charset=utf-8',
    said: `No offers may go to ${count.toLocaleString('en')} ${count === 1 ? 'address' : 'addresses'}, as of the moment at which it was asked for.`,
  };
};

/** Memory holds some hundred members at a time. One who has left the directory has no address that we know. */
async function* linesOf(
  form: (address: string) => string,
  onLines: (more: number) => Promise<void>,
): AsyncGenerator<string> {
  for await (const optOuts of walkOptOuts()) {
    const ids = optOuts.filter(wantsNoOffers).map(({ subject }) => subject.slice('member/'.length));
    for (let from = 0; from < ids.length; from += pieceSize) {
      const members = await getMembers(ids.slice(from, from + pieceSize));
      const addresses = members.flatMap((member) => [
        ...new Set(addressesOf(member).flatMap((own) => canonicalAddress(own) ?? [])),
      ]);
      if (addresses.length > 0) yield `${addresses.map(form).join('\n')}\n`;
      await onLines(addresses.length);
    }
  }
}

const pieceSize = 1_000;

const wantsNoOffers = (optOut: Pick<OptOut, 'subject' | 'scopes'>): boolean =>
  optOut.subject.startsWith('member/') && stateOf(optOut, 'marketing-email').state !== 'clear';

const asIs = (address: string): string => address;
const hashed = (address: string): string => createHash('sha256').update(address).digest('hex');
