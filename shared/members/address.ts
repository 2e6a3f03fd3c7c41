import { domainToASCII } from 'node:url';

/**
 * The form in which two mail addresses are compared: NFC, lower case, the domain in A-labels. Undefined for what is no
 * address. Only ever used to compare and to look up; mail goes to the address as its owner wrote it.
 *
 * RFC 5321 2.4 lets a local part be case-sensitive; no mail system in use is, and a member who types their own address
 * with another case is the same member. Plus tags and dots are never merged: what they mean is each provider's own rule.
 */
export function canonicalAddress(text: string): string | undefined {
  const address = text.trim().normalize('NFC');
  const at = address.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = canonicalLocalPart(address.slice(0, at));
  const domain = canonicalDomain(address.slice(at + 1));
  if (local === undefined || domain === undefined) return undefined;
  const canonical = `${local}@${domain}`;
  return Buffer.byteLength(canonical) > longestAddress ? undefined : canonical;
}

/** Octets. RFC 5321 4.5.3.1.3 allows a path of 256, of which the angle brackets take two; 4.5.3.1.1; RFC 1035 2.3.4. */
const longestAddress = 254;
const longestLocalPart = 64;
const longestDomain = 253;

/**
 * RFC 5322 atext with RFC 6531's UTF-8 (no separators, no control or format characters), or a quoted string. Dots may
 * stand anywhere: some Japanese providers gave out local parts such as `a..b` and `a.`.
 */
const dotAtom = /^(?:[\w!#$%&'*+/=?^`{|}~.-]|[^\p{ASCII}\p{C}\p{Z}])+$/u;
const quotedString = /^"(?:[^"\\\p{C}]|\\[^\p{C}])*"$/u;

function canonicalLocalPart(text: string): string | undefined {
  // Case mapping may leave a combining mark uncomposed, hence the second normalisation.
  const local = unquote(text).toLowerCase().normalize('NFC');
  if (Buffer.byteLength(local) > longestLocalPart) return undefined;
  return dotAtom.test(local) || quotedString.test(local) ? local : undefined;
}

/** RFC 5321 4.1.2: quotes that nothing needs do not make another mailbox. */
function unquote(local: string): string {
  const inner = local.slice(1, -1);
  return local.startsWith('"') && local.endsWith('"') && dotAtom.test(inner) ? inner : local;
}

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

function canonicalDomain(text: string): string | undefined {
  // domainToASCII reads its input as a URL's host, so what would end a host or make an IP address is kept from it.
  if (/[^\p{ASCII}]/u.test(text) && /[\p{Z}\p{Cc}!-,/:-@[-`{-~]/u.test(text)) return undefined;
  const domain = /^\p{ASCII}+$/u.test(text) ? text.toLowerCase() : domainToASCII(text);
  const isDomain = domain.split('.').every((part) => label.test(part));
  return isDomain && domain.length <= longestDomain ? domain : undefined;
}
