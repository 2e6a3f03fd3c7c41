import { getDomain } from 'tldts';
import type { Verdicts } from './notification.ts';
import type { InboundMail } from './parse.ts';

/** Whether the mail comes from the address in its From field, and the sentence that says why. */
export interface Authentication {
  authenticated: boolean;
  because: string;
}

/**
 * Decides from what SES checked, never from what the sender wrote. Anything unclear is not authenticated: the request
 * then becomes a hold, which protects the member just as well until they confirm.
 */
export function authenticate(
  mail: Pick<InboundMail, 'from' | 'fromFields' | 'authenticationResults'>,
  envelopeFrom: string,
  verdicts: Verdicts,
): Authentication {
  const [address] = mail.from;
  if (mail.from.length !== 1 || mail.fromFields !== 1 || !address)
    return no('the mail does not name exactly one sender');
  const domain = domainOf(address);
  if (!domain) return no('the sender address has no domain');
  if (verdicts.dmarc === 'FAIL') return no('DMARC failed');

  const results = readResults(mail.authenticationResults);
  const dmarc = results.filter(({ method }) => method === 'dmarc');
  if (dmarc.length > 1) return no('DMARC was judged more than once');
  if (dmarc.some(({ result }) => result !== 'pass' && result !== 'none')) return no('DMARC did not pass');
  if (dmarc.some(({ result, domain: of }) => result === 'pass' && of === domain))
    return yes('DMARC passed for the domain of the sender');
  if (dmarc.some(({ result }) => result === 'pass')) return no('DMARC passed for another domain than the sender');
  return alignedPass(results, domain, envelopeFrom, verdicts);
}

/** Without a DMARC policy: a DKIM or SPF pass counts when it is for the sender's own organisation (RFC 7489 3.1). */
function alignedPass(results: Result[], domain: string, envelopeFrom: string, verdicts: Verdicts): Authentication {
  const passed = (method: string) => results.filter((result) => result.method === method && result.result === 'pass');
  if (passed('dkim').some((dkim) => aligned(dkim.domain, domain)))
    return yes('DKIM passed, aligned with the domain of the sender');
  const spf = verdicts.spf === 'PASS' && passed('spf').length > 0;
  if (spf && aligned(domainOf(envelopeFrom), domain)) return yes('SPF passed, aligned with the domain of the sender');
  return no('neither DKIM nor SPF passed for the domain of the sender');
}

interface Result {
  method: string;
  result: string;
  /** Domain of header.from (dmarc), header.d or header.i (dkim). */
  domain?: string;
}

/**
 * Clauses of SES's Authentication-Results (RFC 8601 section 2.2). Comments and quoted strings go first, since the
 * sender's words stand in them; then only a clause that begins with a method counts.
 */
function readResults(header: string | undefined): Result[] {
  const [authservId, ...clauses] = withoutComments(header ?? '').split(';');
  if (authservId?.trim().toLowerCase() !== 'amazonses.com') return [];
  return clauses.flatMap((clause) => {
    const found = /^\s*(spf|dkim|dmarc)\s*=\s*([a-z]+)\b(.*)$/is.exec(clause);
    if (!found) return [];
    const property = /\bheader\.(?:from|d|i)\s*=\s*\S*?@?([^\s@;]+)(?=\s|$)/i.exec(found[3]!);
    return { method: found[1]!.toLowerCase(), result: found[2]!.toLowerCase(), domain: property?.[1]?.toLowerCase() };
  });
}

function withoutComments(header: string): string {
  let text = header.replace(/"(?:\\.|[^"\\])*"/g, '');
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\((?:\\.|[^()\\])*\)/g, ' ');
  }
  return text;
}

const aligned = (found: string | undefined, domain: string): boolean =>
  found !== undefined && organisation(found) !== undefined && organisation(found) === organisation(domain);

/** Organisational domain by the public suffix list, private suffixes included (RFC 7489 section 3.2). */
const organisation = (domain: string): string | undefined =>
  getDomain(domain, { allowPrivateDomains: true }) ?? undefined;

const domainOf = (address: string): string | undefined =>
  address.slice(address.lastIndexOf('@') + 1).toLowerCase() || undefined;

const yes = (because: string): Authentication => ({ authenticated: true, because });
const no = (because: string): Authentication => ({ authenticated: false, because });
