// @ts-check
import { KnatterError } from './errors.js';

const PENDING = 'knatter-sign-in';

/**
 * @typedef {{issuer: string, clientId: string, scope: string}} Issuer an OpenID Connect issuer, at which this page is registered
 *   as a public client, with the page's address as redirect URI
 */

/**
 * Leaves the page for the issuer's: the authorization code flow with PKCE (RFC 7636). The answer comes in the fragment of the
 * address, which no server sees.
 *
 * @param {Issuer} issuer
 * @param {boolean} [silent] whether the issuer may not ask anything
 */
export async function signIn(issuer, silent = false) {
  const { authorization_endpoint: endpoint } = await describe(issuer);
  const verifier = random();
  const state = random();
  sessionStorage.setItem(PENDING, JSON.stringify({ verifier, state, place: location.hash }));
  const url = new URL(endpoint);
  url.search = new URLSearchParams({
    response_type: 'code', response_mode: 'fragment', client_id: issuer.clientId, scope: issuer.scope, state,
    redirect_uri: redirectUri(), code_challenge_method: 'S256', code_challenge: await challenge(verifier),
    ...(silent ? { prompt: 'none' } : {}),
  }).toString();
  location.assign(url);
}

/**
 * Takes the answer of the issuer from the address, if there is one.
 *
 * @param {Issuer} issuer
 * @returns {Promise<{accessToken: string, expiresIn: number, renew: () => Promise<any>, out: () => Promise<void>} | null>}
 *   null where there is no answer, or where the issuer may not ask and would have to
 */
export async function signedIn(issuer) {
  const answer = new URLSearchParams(location.hash.slice(1));
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? 'null');
  if (pending === null || answer.get('state') !== pending.state) {
    return null;
  }
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', redirectUri() + (pending.place ?? '')); // where the user was before
  const sender = answer.get('iss'); // RFC 9207
  if (sender !== null && sender !== issuer.issuer || answer.get('error') === 'access_denied') {
    throw new KnatterError('unauthenticated', 401);
  }
  const code = answer.get('code');
  if (code === null) {
    return null;
  }
  const endpoints = await describe(issuer);
  let tokens = await ask(endpoints.token_endpoint, { grant_type: 'authorization_code', code,
    client_id: issuer.clientId, redirect_uri: redirectUri(), code_verifier: pending.verifier });
  return {
    ...told(tokens),
    renew: async () => {
      if (!tokens.refresh_token) {
        throw new KnatterError('unauthenticated', 401);
      }
      const next = await ask(endpoints.token_endpoint,
        { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id: issuer.clientId });
      tokens = { refresh_token: tokens.refresh_token, ...next };
      return told(tokens);
    },
    out: async () => {
      if (endpoints.revocation_endpoint && tokens.refresh_token) {
        await ask(endpoints.revocation_endpoint, { token: tokens.refresh_token, client_id: issuer.clientId })
          .catch(() => {});
      }
    },
  };
}

function told(tokens) {
  return { accessToken: tokens.access_token, expiresIn: tokens.expires_in ?? 60 };
}

async function describe(issuer) {
  const response = await fetched(issuer.issuer.replace(/\/$/, '') + '/.well-known/openid-configuration');
  const description = await response.json();
  if (description.issuer !== issuer.issuer) {
    throw new KnatterError('unauthenticated', 401);
  }
  return description;
}

async function ask(endpoint, form) {
  const response = await fetched(endpoint, { method: 'POST', body: new URLSearchParams(form) });
  return response.headers.get('Content-Type')?.includes('json') ? response.json() : {};
}

async function fetched(url, options = {}) {
  const response = await fetch(url, { ...options, credentials: 'omit', referrerPolicy: 'no-referrer' })
    .catch(() => {
      throw KnatterError.offline();
    });
  if (!response.ok) {
    // Only a refusal ends the session (RFC 6749 §5.2), and not an issuer that is asked too often.
    const refused = response.status === 400 || response.status === 401;
    throw new KnatterError(refused ? 'unauthenticated' : 'unavailable', refused ? 401 : 503);
  }
  return response;
}

function redirectUri() {
  return location.origin + location.pathname;
}

function random() {
  return encoded(crypto.getRandomValues(new Uint8Array(32)));
}

async function challenge(verifier) {
  return encoded(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

/** Base64url without padding. */
function encoded(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
