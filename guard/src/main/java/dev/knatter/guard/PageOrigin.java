package dev.knatter.guard;

import java.net.URI;
import java.util.Locale;

import dev.knatter.shared.Env;

/**
 * The origin of the installation's own page, as browsers send it.
 *
 * @param value scheme, host, and the port where it is not the scheme's own (RFC 6454 §6.2)
 */
public record PageOrigin(String value) {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  /** Reads KNATTER_ORIGIN; by default it is the origin of KNATTER_TOKEN_ISSUER. */
  public static PageOrigin from(Env env) {
    return parse(env.get("KNATTER_ORIGIN", env.get("KNATTER_TOKEN_ISSUER", "https://knatter.local")));
  }

  private static PageOrigin parse(String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getScheme() != null && uri.getHost() != null) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean named = uri.getPort() >= 0 && uri.getPort() != (scheme.equals("https") ? HTTPS : HTTP);
        return new PageOrigin(
            scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (named ? ":" + uri.getPort() : ""));
      }
    } catch (IllegalArgumentException e) {
      // The text is no URI.
    }
    throw new IllegalStateException("KNATTER_ORIGIN must be an origin, such as https://chat.example.com.");
  }
}
