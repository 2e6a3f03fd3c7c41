import { groups, type Staff } from '../staff.ts';

/** Who the claims of an ID token speak of. Groups come as Cognito names them, or as most other issuers do. */
export function staffOf(claims: { sub: string } & Record<string, unknown>): Staff {
  const own = [claims['cognito:groups'] ?? claims.groups ?? []].flat();
  const names = [claims.name, claims.preferred_username, claims.email, claims['cognito:username'], claims.sub];
  return {
    id: claims.sub,
    name: names.map(plain).find((name) => name !== '')!,
    email: plain(claims.email),
    groups: groups.filter((group) => own.includes(group)),
  };
}

/** One line of text, short enough for a cookie and a history. */
function plain(value: unknown): string {
  return typeof value === 'string'
    ? value
        .replace(/\p{C}+/gu, ' ')
        .trim()
        .slice(0, 100)
    : '';
}
