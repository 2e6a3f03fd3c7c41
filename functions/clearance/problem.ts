import type { Context } from 'hono';
import { env } from '../../shared/env.ts';

/** What can go wrong, by the name that ends its type. The readable page has an entry for each. */
export const problems = {
  malformed: { status: 400, title: 'The body is not JSON' },
  unauthorized: { status: 401, title: 'A token is needed' },
  'insufficient-scope': { status: 403, title: 'The token is for something else' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address is asked in another way' },
  'too-large': { status: 413, title: 'The body is too large' },
  'not-json': { status: 415, title: 'The body is of another type' },
  invalid: { status: 422, title: 'This cannot be asked' },
  failed: { status: 500, title: 'Something went wrong' },
  unavailable: { status: 503, title: 'It cannot be answered now' },
} as const;

export type ProblemName = keyof typeof problems;

/** Where in the request a fault is: a JSON Pointer into the body (RFC 6901), or the name of a parameter. */
export interface Fault {
  pointer?: string;
  parameter?: string;
  detail: string;
}

/** An RFC 9457 answer. The detail says what happened, why, and what to do. */
export function problem(context: Context, name: ProblemName, detail: string, errors?: Fault[]): Response {
  const { status, title } = problems[name];
  const type = `${env('publicUrl')}/clearance#problem-${name}`;
  return context.body(JSON.stringify({ type, status, title, detail, errors }), status, {
    'Content-Type': 'application/problem+json',
  });
}
