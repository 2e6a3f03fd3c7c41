/** A DNS answer in the shape that mailauth's resolver gives: the strings of each TXT record. */
export type Resolve = (name: string, type: string) => Promise<string[][]>;

/** Names that nobody can own (RFC 2606, RFC 6761), with the label that an owner would have: `x.example`, `example.com`. */
const reserved = /(^|\.)(([^.]+\.(example|test|localhost))|(example\.(com|net|org)))$/;

/**
 * The DNS of the local stack. Mail from this machine passes SPF for every reserved domain, and each of them publishes
 * DMARC with p=reject at its organizational name. No other name has records, so nothing is ever asked of the network.
 * `zone` adds TXT records: tests publish DKIM keys in it.
 */
export function openOfflineDns(zone: Record<string, string> = {}): Resolve {
  return async (name, type) => {
    const record = type === 'TXT' ? (zone[name] ?? builtIn(name.toLowerCase())) : undefined;
    if (record !== undefined) return [[record]];
    throw Object.assign(new Error(`${name} has no ${type} record in the offline DNS.`), { code: 'ENOTFOUND' });
  };
}

function builtIn(name: string): string | undefined {
  const owned = name.match(reserved)?.[2];
  if (!owned) return undefined;
  if (name === `_dmarc.${owned}`) return 'v=DMARC1; p=reject';
  return name.includes('_') ? undefined : 'v=spf1 ip4:127.0.0.0/8 ip6:::1 -all';
}
