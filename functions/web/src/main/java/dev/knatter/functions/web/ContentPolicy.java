package dev.knatter.functions.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The Content-Security-Policy of the page (CSP Level 3). Scripts and styles come from this origin only, and the one inline text is
 * the import map, which its hash names. Trusted Types let no script write HTML: also a mistake in the page cannot make markup of
 * a message.
 */
final class ContentPolicy {
  /** For what is no page. */
  static final String NOTHING = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

  private ContentPolicy() {}

  static String ofPage(String importMap, Optional<SignIn> signIn) {
    String connect = signIn.map(issuer -> " " + issuer.origin()).orElse("");
    return "default-src 'none'; script-src 'self' '" + hash(importMap)
        + "'; style-src 'self'; img-src 'self'; "
        + "connect-src 'self'" + connect + "; worker-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types knatter";
  }

  private static String hash(String inline) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
