/**
 * A name as it is looked up: compatibility forms, case, diacritics, white space and invisible characters folded away,
 * so that "José  ÁLVAREZ" and "jose alvarez" meet. Coarse on purpose: a name only ever proposes candidates to a person.
 */
export const foldName = (name: string): string => fold(name.normalize('NFKD').replace(diacritics, ''));

/** A handle as it is looked up: compatibility forms and case folded, a leading @ dropped. Diacritics stay. */
export const foldHandle = (handle: string): string => fold(handle).replace(/^[@ ]+/, '');

/** The accents of Latin, Greek and Cyrillic. Vowel signs of other scripts are letters there and stay. */
const diacritics = /[\u0300-\u036f]/g;

function fold(text: string): string {
  const visible = text.replace(/\p{Cf}/gu, '').normalize('NFKC');
  // Upper case first: it maps ß to SS, which lower case alone does not.
  const folded = visible.toUpperCase().toLowerCase().normalize('NFKC');
  return shorten(folded.replace(/[\s\p{Z}]+/gu, ' ').trim());
}

/** A partition key holds 2,048 bytes (DynamoDB limit), and single characters unfold to as many as 18. */
const shorten = (folded: string): string => folded.slice(0, 256).toWellFormed();
