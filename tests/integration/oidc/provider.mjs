// A real OpenID provider on loopback with TLS, and pages that a person clicks through: sign in, then tick what to allow.
// Configured by one JSON argument; prints one line of JSON when it listens.

import { readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const settings = JSON.parse(process.argv[2]);
const { default: Provider, interactionPolicy } = await import(
  pathToFileURL(path.join(settings.modules, 'oidc-provider', 'lib', 'index.js')));

const server = https.createServer({ key: readFileSync(settings.key), cert: readFileSync(settings.certificate) });
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const issuer = `https://127.0.0.1:${server.address().port}`;

// Desktop programs are asked again at every sign-in unless told otherwise; Google does not, and neither shall this one.
const policy = interactionPolicy.base();
policy.get('consent').checks.remove('native_client_prompt');

const native = {
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
};

const provider = new Provider(issuer, {
  clients: [
    { ...native, client_id: 'lightbox', token_endpoint_auth_method: 'none' },
    { ...native, client_id: 'short-lived', token_endpoint_auth_method: 'none' },
    { ...native, client_id: 'google-like', client_secret: settings.secret, token_endpoint_auth_method: 'client_secret_post' },
  ],
  scopes: ['openid', 'offline_access', ...settings.scopes],
  claims: {
    openid: ['sub'],
    email: ['email'],
    'https://www.googleapis.com/auth/userinfo.email': ['email'],
  },
  conformIdTokenClaims: false,
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, email: id }) }),
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    revocation: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
  },
  // Google sends desktop programs a refresh token whether they ask for one or not.
  issueRefreshToken: (ctx, client, code) => client.clientId === 'google-like' || code.scopes.has('offline_access'),
  ttl: {
    AccessToken: (ctx, token, client) => (client.clientId === 'short-lived' ? settings.short_s : 3600),
    AuthorizationCode: 60, Grant: 3600, IdToken: 3600, Interaction: 600, RefreshToken: 3600, Session: 3600,
  },
  cookies: { keys: ['for tests only'] },
  interactions: { policy, url: (ctx, interaction) => `/interaction/${interaction.uid}` },
});

const page = (body) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Provider</title>${body}`;

const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const loginPage = (uid, hint) => page(
  `<form method="post" action="/interaction/${uid}/login"><input name="account" value="${escape(hint)}">`
  + '<button id="sign-in">Sign in</button></form>');

const consentPage = (uid, scopes) => page(
  `<form method="post" action="/interaction/${uid}/consent">`
  + scopes.map((scope) => `<label><input type="checkbox" name="scope" value="${escape(scope)}" checked>${escape(scope)}</label>`).join('<br>')
  + '<button id="allow">Allow</button></form>'
  + `<form method="post" action="/interaction/${uid}/refuse"><button id="refuse">Refuse</button></form>`);

async function readForm(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

async function interact(request, response, uid, step) {
  const details = await provider.interactionDetails(request, response);
  const { prompt, params, session } = details;
  if (step === undefined) {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(prompt.name === 'login'
      ? loginPage(uid, params.login_hint ?? '')
      : consentPage(uid, [...(prompt.details.missingOIDCScope ?? [])]));
    return;
  }
  const form = await readForm(request);
  if (step === 'refuse') {
    await provider.interactionFinished(request, response,
      { error: 'access_denied', error_description: 'The person refused' }, { mergeWithLastSubmission: false });
  } else if (step === 'login') {
    await provider.interactionFinished(request, response,
      { login: { accountId: form.get('account') } }, { mergeWithLastSubmission: false });
  } else {
    const grant = details.grantId ? await provider.Grant.find(details.grantId)
      : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    const ticked = form.getAll('scope');
    const unticked = [...(prompt.details.missingOIDCScope ?? [])].filter((scope) => !ticked.includes(scope));
    if (ticked.length) grant.addOIDCScope(ticked.join(' '));
    if (unticked.length) grant.rejectOIDCScope(unticked.join(' '));
    await provider.interactionFinished(request, response,
      { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  }
}

const answer = provider.callback();
server.on('request', (request, response) => {
  const [, where, uid, step] = new URL(request.url, issuer).pathname.split('/');
  if (where === 'interaction') {
    interact(request, response, uid, step).catch((error) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  } else {
    answer(request, response);
  }
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0)); // ends with the tests, however they end
console.log(JSON.stringify({ issuer }));
