/** Where a sign-in leads to: a page of the desk, and never an address that somebody else put into the link. */
export function ownPath(text: string | undefined): string {
  const base = 'https://desk.invalid';
  if (!text?.startsWith('/desk') || text.length > longest || !URL.canParse(text, base)) return home;
  const { origin, pathname, search } = new URL(text, base);
  const isOwn = origin === base && /^\/desk(\/|$)/.test(pathname) && !/^\/desk\/sign(-in|ed-in|-out)$/.test(pathname);
  return isOwn ? `${pathname}${search}` : home;
}

const home = '/desk';

/** It travels in a cookie with two others of its kind. */
const longest = 300;
