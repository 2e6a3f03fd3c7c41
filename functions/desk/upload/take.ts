import { findByAddress, findByHandle } from '../../../shared/members/directory.ts';
import type { Person, WrittenRequest } from '../../../shared/requests/request.ts';
import { takeUpload, type Upload } from '../../../shared/requests/take-upload.ts';
import type { Typed, UploadedFile } from './typed.ts';

/**
 * Takes in a form without faults: one letter, or one for each file. One after the other, since letters of one member
 * change the same items. What is taken in twice is the same request, so a form can be sent again after a failure.
 */
export async function takeLetters(typed: Typed, at: string, by: Person): Promise<WrittenRequest[]> {
  const files = typed.files as UploadedFile[];
  const memberId = await memberNamed(typed.who);
  const taken: WrittenRequest[] = [];
  for (const letter of typed.apart ? files.map((file) => [file]) : [files]) {
    taken.push(
      await takeUpload({
        nonce: typed.nonce,
        at,
        by,
        channel: typed.channel as Upload['channel'],
        writtenOn: typed.writtenOn || undefined,
        files: letter,
        memberId,
        words: wordsOf(typed),
      }),
    );
  }
  return taken;
}

/** A handle or an address that one member alone has. A name is left to the person who decides: many have the same. */
async function memberNamed(who: string): Promise<string | undefined> {
  if (!who || who.includes(' ')) return undefined;
  const isAddress = who.lastIndexOf('@') > 0;
  const members = isAddress ? await findByAddress(who) : await findByHandle(who);
  return members.length === 1 ? members[0]!.memberId : undefined;
}

const wordsOf = ({ who, words }: Typed): string | undefined =>
  [who && `From ${who}`, words].filter(Boolean).join('\n') || undefined;
