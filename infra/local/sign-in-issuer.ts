import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import Provider, { type Configuration } from 'oidc-provider';
import { signInPath } from './names.ts';
import { readBody, send } from './page-requests.ts';
import type { SignInPlan } from './plan.ts';
import type { SignInParts } from './sign-in.ts';
import { type SignInKeys, signInKeys } from './sign-in-keys.ts';
import { giveToken } from './sign-in-machine.ts';
import { openMemory } from './sign-in-memory.ts';
import { choicePage, messagePage } from './sign-in-pages.ts';
import { type DemoPerson, demoPeople } from './sign-in-people.ts';

/** The issuer: what a client sees of Cognito, by oidc-provider, and two pages of our own. */
export async function openIssuer({ plan, file, machine }: SignInParts): Promise<RequestListener> {
  const people = demoPeople(plan.groups);
  const keys = await signInKeys(file);
  const provider = new Provider(plan.issuer, configuration(plan, people, keys));
  provider.on('server_error', (_, error) => console.error(`sign-in: ${error.message}`));
  const serve = provider.callback();
  return (request, response) => {
    const path = new URL(request.url ?? '/', plan.issuer).pathname.slice(signInPath.length);
    if (path.startsWith('/choose/')) return void choose(provider, people, request, response);
    // The client of the desk has no secret, so who proves to know one is a program.
    if (path === '/token' && machine && request.headers.authorization) {
      return void giveToken({ plan, machine, keys }, request, response);
    }
    if (path === '/logout') return signOut(plan, request, response);
    // As Express does for what it mounts: the library then knows where it stands.
    Object.assign(request, { originalUrl: request.url });
    request.url = request.url!.slice(signInPath.length) || '/';
    void serve(request, response);
  };
}

function configuration({ issuer, client }: SignInPlan, people: DemoPerson[], keys: SignInKeys): Configuration {
  return {
    adapter: openMemory(),
    jwks: keys.jwks,
    cookies: { keys: keys.cookies },
    clients: [
      {
        client_id: client.id,
        redirect_uris: client.callbackUrls,
        // A public client, as the template says.
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    scopes: client.scopes,
    claims: {
      openid: ['sub', 'cognito:groups', 'cognito:username'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    // Cognito's ID token holds all claims.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    discovery: { end_session_endpoint: `${issuer}/logout` },
    interactions: { url: (_, { uid }) => `${signInPath}/choose/${uid}` },
    findAccount: (_, id) => accountOf(people, id),
    loadExistingGrant: grantEverything,
    renderError(context, { error, error_description }) {
      context.type = 'html';
      context.body = messagePage('This sign-in is refused', `${error_description ?? error}.`);
    },
    // Cognito's pages know somebody for an hour.
    ttl: {
      AccessToken: client.accessTokenMinutes * 60,
      IdToken: client.idTokenMinutes * 60,
      AuthorizationCode: 60,
      ...{ Interaction: 3600, Session: 3600, Grant: 3600 },
    },
  };
}

function accountOf(people: DemoPerson[], id: string) {
  const person = people.find((candidate) => candidate.id === id);
  if (!person) return undefined;
  const { name, email, groups } = person;
  const claims = { sub: id, name, email, email_verified: true, 'cognito:username': id };
  // Cognito leaves the claim out for somebody who is in no group.
  return { accountId: id, claims: () => (groups.length ? { ...claims, 'cognito:groups': groups } : claims) };
}

/** Nobody is asked whether the desk may know their name: it is the only client there is. */
const grantEverything: Configuration['loadExistingGrant'] = async (context) => {
  const { client, session, provider, params } = context.oidc;
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId });
  grant.addOIDCScope(String(params!.scope));
  await grant.save();
  return grant;
};

/** The page with the people, and what becomes of a click on one of them. */
async function choose(provider: Provider, people: DemoPerson[], request: IncomingMessage, response: ServerResponse) {
  try {
    await provider.interactionDetails(request, response);
    if (request.method !== 'POST') return html(response, 200, choicePage(people));
    const chosen = new URLSearchParams((await readBody(request, 1024)).toString());
    const person = people.find(({ id }) => id === chosen.get('person'));
    const cancelled = { error: 'access_denied', error_description: 'The person cancelled the sign-in' };
    await provider.interactionFinished(request, response, person ? { login: { accountId: person.id } } : cancelled);
  } catch {
    html(response, 400, messagePage('This sign-in is over', 'It was used before, or the stack was started anew.'));
  }
}

/** As Cognito's /logout: it asks nothing, and leads back to an address that the client has named beforehand. */
function signOut({ issuer, client }: SignInPlan, request: IncomingMessage, response: ServerResponse): void {
  const query = new URL(request.url ?? '/', issuer).searchParams;
  const back = query.get('logout_uri') ?? '';
  if (query.get('client_id') !== client.id || !client.logoutUrls.includes(back)) {
    const sentence = 'It names another client, or an address that is not in the template.';
    html(response, 400, messagePage('This sign-out is refused', sentence));
    return;
  }
  const expired = ['_session', '_session.sig', '_session.legacy', '_session.legacy.sig'].map(
    (name) => `${name}=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly`,
  );
  response.writeHead(302, { location: back, 'set-cookie': expired }).end();
}

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function html(response: ServerResponse, status: number, content: string): void {
  send(response, status, 'text/html; charset=utf-8', content, policy);
}
