import { Readable } from 'node:stream';
import addressparser from 'nodemailer/lib/addressparser/index.js';
import { type Client, type Findings, type Status, summarize, type Verdicts } from './authentication-results.ts';
import type { Chunks } from './bodies.ts';
import { type Field, headLimit, readFields } from './message-headers.ts';
import { openOfflineDns, type Resolve } from './offline-dns.ts';
import { scan } from './virus-scan.ts';

/** Verdicts to pretend, from the page: they replace what was found, also in Authentication-Results. */
export type Forced = Partial<Pick<Verdicts, 'spf' | 'dkim' | 'dmarc' | 'spam' | 'virus'>>;

export interface Evidence extends Client {
  /** The header section. */
  head: Buffer;
  /** The whole message, from its beginning each time. */
  chunks(): Chunks;
}

/**
 * What SES would say of a mail, found out by mailauth without a network. Its parts are imported at the first mail
 * (230 ms). DKIM is verified only where there is a signature, and since the DNS does not change, SPF and DMARC are
 * worked out once for each domain: a plain mail costs 20 µs instead of 240.
 */
export function openVerdicts(resolve: Resolve = openOfflineDns()) {
  const spf = remember(async (ip: string, helo: string, sender: string) => {
    const { spf: check } = await import('mailauth/lib/spf/index.js');
    return (await check({ ip, helo, sender, resolver: resolve })).status.result;
  });
  const dmarc = remember(async (headerFrom: string[], fromFields: number, spfDomain: string, dkimDomains: string[]) => {
    const { dmarc: check } = await import('mailauth/lib/dmarc/index.js');
    const aligned = {
      spfDomains: spfDomain ? [spfDomain] : [],
      dkimDomains: dkimDomains.map((domain) => ({ domain })),
    };
    const found = await check({ headerFrom, fromFields, ...aligned, resolver: resolve });
    return found ? { result: found.status.result as string, policy: found.p } : { result: 'none' };
  });

  return async (mail: Evidence, forced: Forced = {}): Promise<Verdicts> => {
    const fields = readFields(mail.head);
    const from = authors(fields);
    const domain = domainOf(mail.mailFrom || mail.helo);
    // The local part is of no consequence: the offline DNS has no macros.
    const spfResult = await spf(mail.remoteAddress, mail.helo, mail.mailFrom && `postmaster@${domain}`);
    const signed = fields.some(({ name }) => name.toLowerCase() === 'dkim-signature');
    const dkimResults = signed ? await dkim(mail, resolve) : [];
    const passed = dkimResults.filter(({ result }) => result === 'pass').map((signature) => signature.domain);
    const dmarcResult = await dmarc(from.domains, from.fields, spfResult === 'pass' ? domain : '', passed);
    const findings = {
      spf: { result: spfResult, domain },
      dkim: dkimResults,
      dmarc: { ...dmarcResult, domain: domainOf(from.domains[0] ?? '') },
    };
    return { ...summarize(pretend(findings, forced), mail), ...(await scan(mail.chunks())), ...scans(forced) };
  };
}

export type Judge = ReturnType<typeof openVerdicts>;

async function dkim(mail: Evidence, resolver: Resolve): Promise<Findings['dkim']> {
  // mailauth looks at each byte of a header section by itself, and at megabytes of it for seconds.
  if (mail.head.length >= headLimit) return [{ result: 'permerror', domain: '' }];
  const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
  const { results } = await dkimVerify(Readable.from(mail.chunks(), { objectMode: false }), { resolver });
  const signatures = results.filter(({ status }) => status.result !== 'none');
  if (!signatures.length) return [{ result: 'permerror', domain: '' }];
  return signatures.map(({ status, signingDomain }) => ({ result: status.result, domain: signingDomain ?? '' }));
}

/** Addresses stand for their domains, except where one is so malformed that mailauth must see it whole. */
function authors(fields: Field[]): { domains: string[]; fields: number } {
  const from = fields.filter(({ name }) => name.toLowerCase() === 'from');
  const addresses = from.flatMap(({ value }) => addressparser(value, { flatten: true }).map(({ address }) => address));
  const domains = addresses
    .filter(Boolean)
    .map((address) => (/^[^@\s"]+@[^@\s"]+$/.test(address) ? domainOf(address) : address));
  return { domains: [...new Set(domains)], fields: from.length };
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

const words: Record<Status, string> = {
  PASS: 'pass',
  FAIL: 'fail',
  GRAY: 'none',
  PROCESSING_FAILED: 'temperror',
  DISABLED: 'none',
};

function pretend({ spf, dkim, dmarc }: Findings, forced: Forced): Findings {
  return {
    spf: forced.spf ? { ...spf, result: words[forced.spf] } : spf,
    dkim: forced.dkim
      ? [{ result: words[forced.dkim], domain: dmarc.domain }].filter(({ result }) => result !== 'none')
      : dkim,
    dmarc: forced.dmarc ? { ...dmarc, result: words[forced.dmarc], policy: 'reject' } : dmarc,
  };
}

const scans = ({ spam, virus }: Forced) => ({ ...(spam && { spam }), ...(virus && { virus }) });

/** Answers of an asynchronous function, by its arguments; the oldest thousand go together. */
function remember<A extends unknown[], R>(work: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  const known = new Map<string, Promise<R>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const answer = known.get(key) ?? work(...args);
    if (known.size > 1000) known.clear();
    known.set(key, answer);
    return answer;
  };
}
