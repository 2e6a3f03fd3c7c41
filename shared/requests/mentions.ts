import { namesIn } from './names.ts';

/** What a text mentions that may lead to a member, each kind in order of appearance, each thing once, as written. */
export interface Mentions {
  /** Mail addresses. */
  addresses: string[];
  /** User names: of profile URLs, with an @ before them, or introduced as such. */
  handles: string[];
  /** Member ids: numbers in profile URLs. */
  memberIds: string[];
  /** Runs of two to four capitalised words that may be a person's name, the likely ones first. */
  names: string[];
}

/**
 * Where the member stands in the path of a profile page, as most community sites have it: /profile/HANDLE, /u/HANDLE,
 * /@HANDLE, and ?userid=42. Whatever follows up to the next slash is the user name or, if it is a number, the id;
 * /42-HANDLE is both.
 */
export const profilePaths: readonly string[] = [
  '/profile/',
  '/profiles/',
  '/u/',
  '/user/',
  '/users/',
  '/member/',
  '/members/',
  '/@',
  '?userid=',
  '&userid=',
];

/**
 * Reads the first 64 KB of a text, in one pass a kind; `siteUrl` is the address of the community site. It finds more than
 * there is, and the directory decides: nothing here may grant or hold anything.
 */
export function mentions(whole: string, siteUrl: string, paths: readonly string[] = profilePaths): Mentions {
  const text = whole.slice(0, 64 * 1024);
  const profiles = profilesIn(text, siteUrl, paths);
  const { addresses, handles } = atSigns(text);
  const numbers = profiles.flatMap((profile) => /^\d+/.exec(profile)?.[0] ?? []);
  const named = profiles.flatMap((profile) => profile.replace(/^\d+(-|$)/, '') || []);
  return {
    addresses: first(most, addresses),
    handles: first(most, [...named, ...introduced(text), ...handles]),
    memberIds: first(most, numbers),
    names: first(most, namesIn(text)),
  };
}

/** Of each kind. */
const most = 20;

const first = (count: number, all: Iterable<string>): string[] => [...new Set(all)].slice(0, count);

/** What follows a profile path of the site. http or https, with or without www, or no scheme at all: people retype. */
function profilesIn(text: string, siteUrl: string, paths: readonly string[]): string[] {
  const { host, pathname } = new URL(siteUrl);
  const site = (host.replace(/^www\./, '') + pathname.replace(/\/$/, '')).toLowerCase();
  const lower = text.toLowerCase();
  const found: string[] = [];
  for (let at = lower.indexOf(site); at !== -1 && found.length < most; at = lower.indexOf(site, at + site.length)) {
    if (!/(?:^|[^\w.-])(?:www\.)?$/.test(lower.slice(Math.max(at - 5, 0), at))) continue;
    const url = text.slice(at + site.length, at + site.length + 300).split(/[\s<>"')\]]/, 1)[0]!;
    const path = !/^[/?]/.test(url)
      ? undefined
      : paths.flatMap((prefix) => {
          const start = url.toLowerCase().indexOf(prefix);
          return start === -1 ? [] : [url.slice(start + prefix.length)];
        })[0];
    const profile = path && unescaped(path.split(/[/?#&]/, 1)[0]!).replace(/[.,;:!]+$/, '');
    if (profile) found.push(profile);
  }
  return found;
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Around each @: an address where something stands before it, else a user name. Looks at most at the characters that an
 * address may have (RFC 5321 section 4.5.3.1), so a text of at signs costs no more than another.
 */
function atSigns(text: string): { addresses: string[]; handles: string[] } {
  const addresses = new Set<string>();
  const handles = new Set<string>();
  for (let at = text.indexOf('@'); at !== -1 && addresses.size < most; at = text.indexOf('@', at + 1)) {
    const local = /[\p{L}\p{N}\p{M}.!#$%&'*+/=?^_`{|}~-]*$/u.exec(text.slice(Math.max(at - 64, 0), at))![0];
    const after = text.slice(at + 1, at + 254);
    const domain = /^(?:[\p{L}\p{N}\p{M}-]+\.)+[\p{L}\p{N}\p{M}-]+/u.exec(after)?.[0];
    const name = /^[\p{L}\p{N}\p{M}_.-]+/u.exec(after)?.[0].replace(/[.-]+$/, '');
    if (local && domain) addresses.add(`${local.replace(/^['.]+/, '')}@${domain}`);
    else if (!local && name && handles.size < most) handles.add(name);
  }
  return { addresses: [...addresses], handles: [...handles] };
}

/** "my user name is …" or "user name: …", in the four languages of the letters. */
const introductions =
  /(?:user ?name|nick ?name|handle|member name|profile name|benutzername|nutzername|mitgliedsname|nom d['’]utilisateur|identifiant|pseudo|nombre de usuario|usuario)\s{0,3}(?:(?::|=|\bis\b|\bist\b|\best\b|\bes\b)\s{0,3}["'“„«]?|["'“„«])@?([\p{L}\p{N}][\p{L}\p{N}\p{M}_.-]{1,63})/giu;

const introduced = (text: string): string[] =>
  text
    .matchAll(introductions)
    .map(([, name]) => name!.replace(/[.-]+$/, ''))
    .take(most)
    .toArray();
