import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { checkRequest, json, Refusal } from './page-requests.ts';
import type { SignInPlan } from './plan.ts';
import type { Machine } from './sign-in-machine.ts';

export interface SignInParts {
  plan: SignInPlan;
  /** Where the keys are kept. */
  file: string;
  /** The program that may have tokens, with its secret. */
  machine?: Machine;
}

/**
 * Answers everything under /_local/sign-in: an OpenID Connect issuer in the place of Cognito, with one person for each
 * group of the template. Its library takes a fifth of a second to load, so it is loaded for the first who signs in.
 */
export function openSignIn(parts: SignInParts): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let opened: Promise<RequestListener> | undefined;
  return async (request, response) => {
    try {
      checkRequest(request);
      opened ??= import('./sign-in-issuer.ts').then(({ openIssuer }) => openIssuer(parts));
      (await opened)(request, response);
    } catch (error) {
      if (!(error instanceof Refusal)) opened = undefined;
      json(response, { error: (error as Error).message }, error instanceof Refusal ? error.status : 500);
    }
  };
}
