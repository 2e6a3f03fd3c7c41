/** Which of our addresses a mail came to. What is not one of the others is `privacy`, whatever local part it has. */
export interface Recipient {
  role: 'privacy' | 'unsubscribe' | 'fax';
  /** What stands behind the plus sign. */
  token?: string;
}

/**
 * Our addresses among the envelope recipients, each role once: a mail to privacy@ and to a reply address of ours is one
 * request, and the token says more.
 */
export function recipientsOf(addresses: readonly string[]): Recipient[] {
  const byRole = new Map<Recipient['role'], Recipient>();
  for (const recipient of addresses.length > 0 ? addresses.map(recipientOf) : [{ role: 'privacy' as const }]) {
    if (!byRole.get(recipient.role)?.token) byRole.set(recipient.role, recipient);
  }
  return [...byRole.values()];
}

function recipientOf(address: string): Recipient {
  const [name = '', token] = address.toLowerCase().split('@')[0]!.split('+', 2);
  const role = name === 'unsubscribe' || name === 'fax' ? name : 'privacy';
  return { role, token: token || undefined };
}
