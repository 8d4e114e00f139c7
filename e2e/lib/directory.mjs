// A county's own directory for tests: a real OpenID Connect provider on this machine.
import http from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './house.mjs';

/**
 * Starts the provider. Anybody may sign in by any name and any password; `people` tells the claims of those it knows.
 * @param {{client: string, secret: string, redirect: string, people: Record<string, object>}} options
 */
export async function startDirectory({ client, secret, redirect, people }) {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: client, client_secret: secret, redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
    pkce: { required: () => true },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub', 'preferred_username', 'groups'] },
    // Claims in the identity token itself, as most directories of organisations do.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['only for tests'] },
    async findAccount(_, id) {
      return { accountId: id, claims: async () => ({ sub: id, preferred_username: id, ...people[id] }) };
    },
  });
  const quiet = console.warn;
  console.warn = () => {};
  const server = http.createServer(provider.callback());
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  console.warn = quiet;
  return {
    issuer,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}
