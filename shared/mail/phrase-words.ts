import { distance } from 'fastest-levenshtein';

export type PhraseWord = 'remove' | 'from' | 'marketing' | 'materials';
const phraseWords: PhraseWord[] = ['remove', 'from', 'marketing', 'materials'];

/** What a word of a subject is: one of the phrase's, one that requests are made of, or another. */
export const kindOf = (plain: string): PhraseWord | 'request' | 'unknown' =>
  phraseWords.find((kind) => likeWord[kind](plain)) ??
  (requestWords.has(plain) || /^\d+$/.test(plain) ? 'request' : 'unknown');

/** Whether a word is one of the phrase's, give or take typos and endings. Words that are others are left out. */
export const likeWord: Record<PhraseWord, (plain: string) => boolean> = {
  // Two typos only while m and v are there: resolve, revolve and remorse are near by, too.
  remove: (plain) =>
    sameAs.has(plain) ||
    (near(plain, 'remove', 2) && plain !== 'remote' && (distance(plain, 'remove') < 2 || /m.*v|v.*m/.test(plain))),
  from: (plain) => near(plain, 'from', 1) && plain !== 'prom' && plain !== 'frog',
  marketing: (plain) => near(plain, 'marketing', 2),
  materials: (plain) => near(plain, 'materials', 2) || cutOff.test(plain),
};

/** At most so many letters wrong, missing or too many, or all of them there in another order. */
const near = (plain: string, word: string, most: number): boolean =>
  plain === word ||
  (Math.abs(plain.length - word.length) <= most && distance(plain, word) <= most) ||
  (plain.length === word.length && plain.startsWith(word[0]!) && sorted(plain) === sorted(word));

const sorted = (word: string): string => [...word].sort().join('');

/** Words that people write for "remove", and forms of it that are further away. */
const sameAs = new Set(
  'removing removal delete deleted deletion erase exclude excluded withdraw withdrawal omit'.split(' '),
);

/** What mail programs leave of a long subject. */
const cutOff = /^mater(i|ia)?$/;

/** What requests are made of beside the phrase: courtesies, what is meant, whose it is, reply prefixes and tags. */
const requestWords = new Set(
  `a about account ad advertising ads all also and any anymore as asap at aw be campaign campaigns can community
  content could dear do email emails ext external for from fw fwd graphic graphics have header hello her hi his i image
  images immediately in is it kindly like list lists logo mail mailing mailings me member members mine my myself name
  newsletter no not now of off on or our ours out page pages photo photograph photographs photos picture pictures
  please pls plz profile profiles promotion promotional promotions publicity re request requested right site spam
  stop sv team thank thanks that the their them these this to too us use used user using want way we website wg will
  wish with would yet you your yours`.split(/\s+/),
);
