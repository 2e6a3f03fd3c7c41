import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

type Claims = Record<string, unknown>;

/** What the token endpoint answers next. */
export interface NextAnswer {
  /** Changes the claims of a good ID token. */
  claims?: Claims;
  /** Signs with a key that the issuer does not publish. */
  foreignKey?: boolean;
  /** Answers with an error of OAuth, or with a failure, instead. */
  error?: string;
  status?: number;
}

/** An OpenID Connect issuer that is not Cognito, has no page for signing out, and can be told to answer wrongly. */
export async function startForeignIssuer(clientId: string, port = 0) {
  const own = await generateKeyPair('RS256');
  const foreign = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  let next: NextAnswer = {};
  let nonce = '';
  const asked: URLSearchParams[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const [status, body] = await answer(request.url!, Buffer.concat(chunks).toString());
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(path: string, body: string): Promise<[number, object]> {
    if (path === '/.well-known/openid-configuration') return [200, metadata(url)];
    if (path === '/jwks') return [200, { keys: [jwk] }];
    asked.push(new URLSearchParams(body));
    if (next.error) return [next.status ?? 400, { error: next.error }];
    return [200, { access_token: 'a', token_type: 'Bearer', id_token: await idToken() }];
  }

  function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const standard = { iss: url, aud: clientId, sub: 'u-1', iat: now, exp: now + 300, nonce };
    const person = { name: 'Fay Foreign', email: 'fay@staff.example', groups: ['reviewer'] };
    return new SignJWT({ ...standard, ...person, ...next.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'own' })
      .sign(next.foreignKey ? foreign.privateKey : own.privateKey);
  }

  return {
    url,
    /** What was sent to the token endpoint. */
    asked,
    /** Answers the next sign-in, which came with this nonce, so. */
    willAnswer(answer: NextAnswer, itsNonce: string) {
      next = answer;
      nonce = itsNonce;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const metadata = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
});
