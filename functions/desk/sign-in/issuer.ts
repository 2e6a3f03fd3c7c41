import * as openId from 'openid-client';
import { env } from '../../../shared/env.ts';
import type { Staff } from '../staff.ts';
import type { Attempt } from './attempts.ts';
import { staffOf } from './staff-of.ts';

/** Where to send the browser, and what to keep until it comes back. */
export async function startSignIn(back: string): Promise<{ address: string; attempt: Attempt }> {
  const verifier = openId.randomPKCECodeVerifier();
  const attempt = { state: openId.randomState(), nonce: openId.randomNonce(), verifier, back, at: Date.now() };
  const address = openId.buildAuthorizationUrl(await issuer(), {
    redirect_uri: callback(),
    scope: 'openid email profile',
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await openId.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { address: address.href, attempt };
}

/** Turns what the issuer sent back into who signed in. Throws the library's errors; problems.tsx says them in words. */
export async function finishSignIn(search: string, { state, nonce, verifier }: Attempt): Promise<Staff> {
  const tokens = await openId.authorizationCodeGrant(await issuer(), new URL(`${callback()}${search}`), {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  return staffOf(tokens.claims()!);
}

/**
 * Ends the issuer's own session, where it has a page for that. Cognito has a name of its own for the way back, and
 * ignores all others beside it (its manual on the logout endpoint), as the standard asks of everybody.
 */
export async function signOutAddress(): Promise<string | undefined> {
  const config = await issuer();
  if (!config.serverMetadata().end_session_endpoint) return undefined;
  const back = `${env('publicUrl')}/desk`;
  return openId.buildEndSessionUrl(config, { post_logout_redirect_uri: back, logout_uri: back }).href;
}

const callback = (): string => `${env('publicUrl')}/desk/signed-in`;

let discovered: Promise<openId.Configuration> | undefined;

/** What the issuer says of itself (OpenID Connect Discovery), asked for once per process. */
function issuer(): Promise<openId.Configuration> {
  discovered ??= discover(new URL(env('signInIssuer'))).catch((error) => {
    discovered = undefined;
    throw error;
  });
  return discovered;
}

function discover(address: URL): Promise<openId.Configuration> {
  const isOnThisMachine = ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname);
  const metadata = { [openId.clockTolerance]: clockTolerance };
  return openId.discovery(address, env('signInClient'), metadata, openId.None(), {
    // In seconds, for each call: somebody waits, and API Gateway waits no longer than 30.
    timeout: 5,
    // Looks at the signature too, and not at the TLS connection alone that the token came by.
    execute: [openId.enableNonRepudiationChecks, ...(isOnThisMachine ? [openId.allowInsecureRequests] : [])],
  });
}

/** Seconds that the clocks may differ. */
export const clockTolerance = 60;
