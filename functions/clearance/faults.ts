import type { ZodError } from 'zod';
import type { Fault } from './problem.ts';

/** More than a person reads; a program mends the first and asks again. */
const most = 20;

/** Where the request is wrong, and why. */
export function faultsOf({ target, error }: { target: string; error: Pick<ZodError, 'issues'> }): Fault[] {
  return error.issues.flatMap((issue) => placesOf(issue).map((path) => faultAt(target, path, issue))).slice(0, most);
}

type Issue = ZodError['issues'][number];

/** An unknown property is told where it stands, not where its object stands. */
const placesOf = (issue: Issue): PropertyKey[][] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];

function faultAt(target: string, path: PropertyKey[], issue: Issue): Fault {
  const detail = issue.code === 'unrecognized_keys' ? 'There is no such property.' : issue.message;
  if (target !== 'json') return { parameter: path.map(String).join('.'), detail };
  return { pointer: `#${path.map((step) => `/${escaped(String(step))}`).join('')}`, detail };
}

/** RFC 6901, sections 3 and 6: first for the pointer, then for the fragment of a URI. */
const escaped = (step: string): string =>
  encodeURIComponent(step.slice(0, 100).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'));
