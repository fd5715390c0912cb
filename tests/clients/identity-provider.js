// A certified OpenID provider of another hand, at which a nonprofit's people sign in. Prints its address, then lives as long as its input. Whom it signs in, and what it says of them, is told by
// POST /as {sub, email, email_verified}; it asks nobody anything.
import Provider from 'oidc-provider';
import { createServer } from 'node:http';

let person = {};
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'networkplatform', client_secret: 'a secret/with+signs', redirect_uris: [process.argv[2]] }],
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...person, sub: id }) }),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  server.on('request', async (request, response) => {
    if (request.url === '/as') {
      let body = '';
      for await (const part of request) body += part;
      person = JSON.parse(body);
      response.end();
    } else if (request.url.startsWith('/interaction/')) {
      await provider.interactionFinished(request, response, { login: { accountId: person.sub } });
    } else {
      callback(request, response);
    }
  });
  console.log(issuer);
});
process.stdin.on('end', () => process.exit()).resume(); // never outlives the tests
