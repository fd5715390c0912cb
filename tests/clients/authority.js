// A certified OpenID provider of another hand. Prints its address, then lives as long as its input. It gives a client tokens for the API, in the tenant and roles that its name says.
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { createServer } from 'node:http';

const key = async (alg) => ({ ...(await exportJWK((await generateKeyPair(alg, { extractable: true })).privateKey)), alg, use: 'sig', kid: alg });
const server = createServer();
server.listen(0, '127.0.0.1', async () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const client = (id) => ({ client_id: id, client_secret: 'a-secret-of-the-other-authority', grant_types: ['client_credentials'], redirect_uris: [], response_types: [] });
  const provider = new Provider(issuer, {
    clients: process.argv.slice(2).map((id) => client(id)),
    jwks: { keys: [await key('RS256'), await key('ES256')] },
    scopes: ['networkplatform'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource, c) => ({ scope: 'networkplatform', audience: resource, accessTokenFormat: 'jwt', jwt: { sign: { alg: c.clientId.startsWith('es') ? 'ES256' : 'RS256' } } }),
      },
    },
    // A client's id is algorithm:tenant:role.
    extraTokenClaims: (_, token) => { const [, tenant, role] = token.clientId.split(':'); return { tenant, realm_access: { roles: [role] } }; },
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
process.stdin.on('end', () => process.exit()).resume(); // never outlives the tests
