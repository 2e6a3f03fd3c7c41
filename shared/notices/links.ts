const schemes = ['http:', 'https:', 'mailto:'];

/** Where a link may lead, or undefined: a page or a mail address, named in full, since a mail has no page around it. */
export function addressOf(href: string): string | undefined {
  const scheme = URL.parse(href)?.protocol;
  return scheme && schemes.includes(scheme) ? href : undefined;
}

/** Whether the words of a link are its address already, give or take what people leave out. */
export const isAddress = (words: string, address: string): boolean => bare(words) === bare(address);

const bare = (address: string): string => address.replace(/^(mailto:|https?:\/\/)/, '').replace(/\/$/, '');
