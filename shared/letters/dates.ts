/** A day as people write it in their language, in UTC, since we do not know where they are. */
export const longDate = (at: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(at));
