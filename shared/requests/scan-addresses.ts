import { distance } from 'fastest-levenshtein';

/**
 * Addresses as they were probably written: a machine reads spaces into them (`site.example / profile / anna`,
 * `anna @ example.org`) and takes letters for others, which does no harm where the site's own name is meant.
 */
export function mendAddresses(text: string, siteUrl: string): string {
  const closed = text.replace(spacedSlash, '/').replace(spacedAt, '@');
  const host = new URL(siteUrl).host.replace(/^www\./, '').toLowerCase();
  return closed.replace(hostBeforePath, (whole, read) => (isNearly(read.toLowerCase(), host) ? host : whole));
}

const spacedSlash = /(?<![ \t])[ \t]{0,3}\/[ \t]{0,3}/g;
const spacedAt = /(?<=[\w.-])[ \t]{1,3}@[ \t]{1,3}(?=\w)/g;

/** What stands before the path of an address, without its `www.`: no part of it longer than DNS allows. */
const hostBeforePath = /(?<![\w.-])(?:www\.)?([\w|-]{1,63}(?:[.,][\w|-]{1,63}){1,5})(?=[/?])/g;

/** One letter in six. */
const isNearly = (read: string, host: string): boolean =>
  read !== host &&
  Math.abs(read.length - host.length) <= 2 &&
  distance(read, host) <= Math.max(1, Math.floor(host.length / 6));
