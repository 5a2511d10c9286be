package dev.knatter.functions.web;

import java.net.URI;
import java.util.Optional;

import dev.knatter.shared.Env;

/**
 * The outside issuer at which people can log in from the page (OpenID Connect with PKCE). The page is a public client: there is
 * no secret.
 *
 * @param issuer   its URL, below which it describes itself (OpenID Connect Discovery §4)
 * @param clientId as which the page is registered there
 * @param scope    what the page asks for
 */
record SignIn(URI issuer, String clientId, String scope) {
  /** Empty without KNATTER_OIDC_CLIENT_ID: then nobody can log in that way from the page. */
  static Optional<SignIn> from(Env env) {
    return env.find("KNATTER_OIDC_CLIENT_ID")
      .map(client -> new SignIn(URI.create(env.require("KNATTER_OIDC_ISSUER")), client,
          env.get("KNATTER_OIDC_SCOPE", "openid")));
  }

  /** Scheme, host and port. The page calls the issuer's endpoints there. */
  String origin() {
    return issuer.getScheme() + "://" + issuer.getAuthority();
  }
}
