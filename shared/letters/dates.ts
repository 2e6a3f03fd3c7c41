/** A day as people write it in their language, in UTC, since we do not know where they are. */
export const longDate = (at: string, locale: string): string => formatOf(locale).format(new Date(at));

/** Making a format costs more than the rest of a letter. */
function formatOf(locale: string): Intl.DateTimeFormat {
  const format = formats.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  formats.set(locale, format);
  return format;
}

const formats = new Map<string, Intl.DateTimeFormat>();
