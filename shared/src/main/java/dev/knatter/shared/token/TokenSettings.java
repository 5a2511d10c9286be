package dev.knatter.shared.token;

import dev.knatter.shared.Env;

/** The issuer and the audience in the product's own tokens. issuer: an https URI. */
record TokenSettings(String issuer, String audience) {
  static TokenSettings from(Env env) {
    String issuer = env.get("KNATTER_TOKEN_ISSUER", "https://knatter.local");
    if (!issuer.startsWith("https://")) {
      throw new IllegalStateException("KNATTER_TOKEN_ISSUER must be an https URI.");
    }
    return new TokenSettings(issuer, env.get("KNATTER_TOKEN_AUDIENCE", "knatter"));
  }
}
