import { allScopes, type OptOut, type Scope, type Subject } from '../../optouts/opt-out.ts';
import type { Cover, WrittenRequest } from '../request.ts';

/** All images that a request may hold or block; marketing mail is no image, and no person at the desk switches it. */
export function touched({ decision, covers = [], released = [] }: WrittenRequest): Cover[] {
  return union([], [...decision.effects, ...covers, ...released].filter(isAboutImages)).map(({ subject, scopes }) => ({
    subject,
    scopes: scopes.filter((scope) => allScopes(subject).includes(scope)),
  }));
}

/** What a request blocks and holds at present. */
export interface Present {
  blocks: Cover[];
  holds: Cover[];
}

export function presentOf(request: WrittenRequest, optOuts: ReadonlyMap<Subject, OptOut>): Present {
  const found = (map: 'blockedBy' | 'holds') =>
    choose(touched(request), ({ subject }, scope) =>
      Object.hasOwn(optOuts.get(subject)?.scopes[scope]?.[map] ?? {}, request.requestId),
    );
  return { blocks: found('blockedBy'), holds: found('holds') };
}

/** Each subject once, with all scopes of both. */
export function union(some: readonly Cover[], more: readonly Cover[]): Cover[] {
  const bySubject = Map.groupBy([...some, ...more], ({ subject }) => subject);
  return [...bySubject].map(([subject, covers]) => ({
    subject,
    scopes: [...new Set(covers.flatMap(({ scopes }) => scopes))],
  }));
}

export const minus = (covers: readonly Cover[], less: readonly Cover[]): Cover[] =>
  choose(covers, (cover, scope) => !includes(less, cover.subject, scope));

export const includes = (covers: readonly Cover[], subject: Subject, scope: Scope): boolean =>
  covers.some((cover) => cover.subject === subject && cover.scopes.includes(scope));

/** The scopes that fit; a subject of which none does is left out. */
export const choose = (covers: readonly Cover[], fits: (cover: Cover, scope: Scope) => boolean): Cover[] =>
  covers
    .map((cover) => ({ subject: cover.subject, scopes: cover.scopes.filter((scope) => fits(cover, scope)) }))
    .filter(({ scopes }) => scopes.length > 0);

/** For a history entry: `profile images of member m1, pages of community gardeners`. */
export const describe = (covers: readonly Cover[]): string =>
  covers
    .map(({ subject, scopes }) => {
      const [kind, id] = [subject.slice(0, subject.indexOf('/')), subject.slice(subject.indexOf('/') + 1)];
      return `${scopes.map((scope) => scope.replace('-', ' ')).join(' and ')} of ${kind} ${id}`;
    })
    .join(', ');

const isAboutImages = ({ subject, scopes }: Cover): boolean =>
  scopes.some((scope) => allScopes(subject).includes(scope));
