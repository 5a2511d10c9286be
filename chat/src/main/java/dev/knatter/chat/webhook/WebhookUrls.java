package dev.knatter.chat.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.knatter.shared.Checks;
import dev.knatter.shared.Env;
import org.jspecify.annotations.Nullable;

/**
 * Which URLs a webhook may have, as far as their text tells. The addresses of the host are another matter: they may
 * change, so each attempt to deliver checks them.
 *
 * @param insecure whether http, every port, and this machine are allowed, as for development
 */
public record WebhookUrls(boolean insecure) {
  private static final int MAX = 1_024;
  private static final int HTTPS_PORT = 443;
  /**
   * At least two labels, of which the last begins with a letter. So no spelling of an IPv4 address is a name: the last
   * part of each is a number (WHATWG URL §3.5, "ends in a number").
   */
  private static final Pattern NAME = Pattern
    .compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final int MAX_NAME = 253;
  /** Names that mean something inside of a network only (RFC 6761, RFC 6762, RFC 8375, and Kubernetes). */
  private static final List<String> INSIDE = List.of(".svc", ".local", ".internal", ".localhost",
      ".localdomain", ".home.arpa", ".lan", ".intranet", ".corp", ".home", ".test", ".invalid", ".onion");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1");

  /** Reads KNATTER_WEBHOOKS_INSECURE. */
  public static WebhookUrls from(Env env) {
    String value = env.get("KNATTER_WEBHOOKS_INSECURE", "false");
    return switch (value) {
      case "true" -> new WebhookUrls(true);
      case "false" -> new WebhookUrls(false);
      default -> throw new IllegalStateException("KNATTER_WEBHOOKS_INSECURE must be true or false.");
    };
  }

  /** The URL; null with an error added if it is not allowed. */
  public @Nullable URI check(Checks checks, @Nullable String text, String pointer) {
    Optional<String> problem = text == null ? Optional.of("is required") : problem(text);
    problem.ifPresent(detail -> checks.require(false, pointer, detail));
    return text == null || problem.isPresent() ? null : parse(text);
  }

  /** Why a text is not allowed as a URL, as what it must be; empty if it is allowed. */
  public Optional<String> problem(String text) {
    return Optional.ofNullable(error(text, parse(text)));
  }

  /** Whether the address of a device is meant as a webhook. It may still not be an allowed one. */
  public boolean isWebhook(String address) {
    URI url = parse(address);
    return url != null && isScheme(url);
  }

  private static @Nullable URI parse(String text) {
    try {
      URI url = new URI(text).parseServerAuthority();
      return url.getHost() == null ? null : url;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** What is wrong with it; null if nothing is. */
  private @Nullable String error(String text, @Nullable URI url) {
    if (text.length() > MAX) {
      return "must be at most " + MAX + " characters";
    }
    if (url == null || !text.chars().allMatch(character -> character < 128)) {
      return "must be a URL in ASCII whose host is a DNS name";
    }
    if (!isScheme(url)) {
      return insecure ? "must begin with https:// or http://" : "must begin with https://";
    }
    if (url.getRawUserInfo() != null) {
      return "must not have a user or a password before the host";
    }
    if (url.getRawFragment() != null) {
      return "must not have a fragment";
    }
    if (!insecure && url.getPort() != -1 && url.getPort() != HTTPS_PORT) {
      return "must have no port other than 443";
    }
    return isAllowed(url.getHost().toLowerCase(Locale.ROOT))
        ? null
        : "must have a host of the public internet, by its full DNS name";
  }

  private boolean isScheme(URI url) {
    return "https".equalsIgnoreCase(url.getScheme())
        || (insecure && "http".equalsIgnoreCase(url.getScheme()));
  }

  private boolean isAllowed(String host) {
    if (insecure && THIS_MACHINE.contains(host)) {
      return true;
    }
    return host.length() <= MAX_NAME && NAME.matcher(host).matches()
        && INSIDE.stream().noneMatch(host::endsWith);
  }
}
