import type { Fault as Found } from '../../../shared/notices/check.ts';
import type { Fault } from '../views/messages.tsx';

export type FaultOf = (id: string) => string | undefined;

/** Id of a field that each language has. */
export const textId = (field: 'subject' | 'markdown' | 'texts', language: string): string => `${field}-${language}`;

/** What checkNotice found, at the fields of the form. */
export const atFields = (found: Found[]): Fault[] =>
  found.map(({ field, language, sentence }) => ({ field: idOf(field, language), sentence }));

function idOf(field: Found['field'], language?: string): string {
  if (field === 'sendAt') return 'sendDay';
  if (field === 'bannerUntil') return 'bannerDay';
  const isOfText = field === 'subject' || field === 'markdown' || field === 'texts';
  return isOfText && language !== undefined ? textId(field, language) : field;
}
