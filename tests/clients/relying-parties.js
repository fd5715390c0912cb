// Real client libraries against the service: everything that an application does, checked by the libraries' own rules. Reads what to use as JSON, prints what happened as JSON.
import { createRemoteJWKSet, importJWK, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { Browser } from './browser.js';

const input = JSON.parse(await new Promise((resolve) => { let text = ''; process.stdin.on('data', (d) => (text += d)).on('end', () => resolve(text)); }));
const { issuer, redirectUri, loggedOut, person, web, signer, native, scope } = input;

// jose verifies what the others got.
const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/openid-configuration/jwks`));
const accessClaims = async (token) => (await jwtVerify(token, keys, { issuer, audience: 'networkplatform', typ: 'at+jwt', algorithms: ['ES256'], requiredClaims: ['sub', 'client_id', 'jti', 'iat', 'tenant'] })).payload;
const idClaims = async (token, clientId) => (await jwtVerify(token, keys, { issuer, audience: clientId, algorithms: ['RS256'], requiredClaims: ['sub', 'nonce', 'auth_time', 'sid'] })).payload;
const api = async (token) => (await fetch(`${issuer}/api/v1/tenant`, { headers: { authorization: `Bearer ${token}` } })).status;

async function withOpenIdClient() {
  const insecure = { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] };
  const config = await oidc.discovery(new URL(issuer), web.clientId, undefined, oidc.ClientSecretBasic(web.clientSecret), insecure);
  const browser = new Browser();
  async function signIn(build) {
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
    const parameters = { redirect_uri: redirectUri, scope, state, nonce, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' };
    const back = await browser.goTo((await build(parameters)).href, redirectUri, person);
    return oidc.authorizationCodeGrant(config, back, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, maxAge: 3600, idTokenExpected: true });
  }

  const first = await signIn((p) => oidc.buildAuthorizationUrl(config, { ...p, max_age: '3600' }));
  const user = await oidc.fetchUserInfo(config, first.access_token, first.claims().sub);
  const refreshed = await oidc.refreshTokenGrant(config, first.refresh_token);
  const pushed = await signIn((p) => oidc.buildAuthorizationUrlWithPAR(config, { ...p, max_age: '3600' }));
  const live = await oidc.tokenIntrospection(config, pushed.access_token);
  await oidc.tokenRevocation(config, pushed.refresh_token);
  const dead = await oidc.tokenIntrospection(config, pushed.access_token);
  const refused = await oidc.refreshTokenGrant(config, pushed.refresh_token).then(() => 'taken', (e) => e.error);

  const key = await importJWK(signer.privateKey, 'ES256');
  const machine = await oidc.discovery(new URL(issuer), signer.clientId, undefined, oidc.PrivateKeyJwt({ key, kid: signer.privateKey.kid }), insecure);
  const own = await oidc.clientCredentialsGrant(machine, { scope: 'networkplatform' });

  const gone = await browser.goTo(oidc.buildEndSessionUrl(config, { id_token_hint: refreshed.id_token, post_logout_redirect_uri: loggedOut, state: 'bye' }).href, loggedOut, {});
  const afterwards = await oidc.refreshTokenGrant(config, refreshed.refresh_token).then(() => 'taken', (e) => e.error);
  return {
    sub: first.claims().sub, email: user.email, access: await accessClaims(refreshed.access_token), id: await idClaims(first.id_token, web.clientId), own: await accessClaims(own.access_token),
    live: live.active, dead: dead.active, refused, left: gone.href, afterwards, api: [await api(own.access_token), await api(refreshed.access_token)],
  };
}

async function withOauth4webapi() {
  const insecure = { [oauth.allowInsecureRequests]: true };
  const as = await oauth.processDiscoveryResponse(new URL(issuer), await oauth.discoveryRequest(new URL(issuer), insecure));
  await oauth.processDiscoveryResponse(new URL(issuer), await oauth.discoveryRequest(new URL(issuer), { ...insecure, algorithm: 'oauth2' }));
  const client = { client_id: native.clientId };
  const none = oauth.None();
  const verifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const state = oauth.generateRandomState();
  const parameters = new URLSearchParams({
    client_id: native.clientId, redirect_uri: native.redirectUri, response_type: 'code', scope, state, nonce, code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  const pushed = await oauth.processPushedAuthorizationResponse(as, client, await oauth.pushedAuthorizationRequest(as, client, none, parameters, insecure));
  const address = new URL(as.authorization_endpoint);
  address.search = new URLSearchParams({ client_id: native.clientId, request_uri: pushed.request_uri });
  const browser = new Browser();
  const back = await browser.goTo(address.href, native.redirectUri, person);
  const answer = oauth.validateAuthResponse(as, client, back, state);
  const response = await oauth.authorizationCodeGrantRequest(as, client, none, answer, native.redirectUri, verifier, insecure);
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: nonce, requireIdToken: true });
  await oauth.validateApplicationLevelSignature(as, response, insecure);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  const user = await oauth.processUserInfoResponse(as, client, claims.sub, await oauth.userInfoRequest(as, client, tokens.access_token, insecure));

  // As a resource server of somebody else's would look at it (RFC 9068).
  const request = new Request(`${issuer}/anything`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  const validated = await oauth.validateJwtAccessToken(as, request, 'networkplatform', insecure);

  const refreshed = await oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, none, tokens.refresh_token, insecure));
  const secret = oauth.ClientSecretPost(web.clientSecret);
  const introspected = await oauth.processIntrospectionResponse(as, { client_id: web.clientId }, await oauth.introspectionRequest(as, { client_id: web.clientId }, secret, refreshed.access_token, insecure));
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, none, refreshed.refresh_token, insecure));
  const refused = await oauth.processRefreshTokenResponse(as, client, await oauth.refreshTokenGrantRequest(as, client, none, refreshed.refresh_token, insecure)).then(() => 'taken', (e) => e.error);
  const leave = new URL(as.end_session_endpoint);
  leave.search = new URLSearchParams({ id_token_hint: tokens.id_token, post_logout_redirect_uri: loggedOut });
  const gone = await browser.goTo(leave.href, loggedOut, {});
  return { sub: claims.sub, email: user.email, tenant: validated.tenant, scope: validated.scope, introspected: introspected.active, refused, left: gone.href, api: [await api(refreshed.access_token)] };
}

try {
  console.log(JSON.stringify(input.library === 'openid-client' ? await withOpenIdClient() : await withOauth4webapi()));
} catch (error) {
  console.log(JSON.stringify({ failure: `${error.stack} ${error.cause ? JSON.stringify(error.cause, Object.getOwnPropertyNames(error.cause)) : ''}` }));
}
