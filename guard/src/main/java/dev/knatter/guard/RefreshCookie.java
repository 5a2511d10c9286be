package dev.knatter.guard;

import java.util.regex.Pattern;

import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.Env;
import dev.knatter.shared.token.RefreshToken;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * The cookie that holds the refresh token of a page, where no script can read it (RFC 6265). Browsers send it to
 * {@code /v1/refresh} only, and only for requests from pages of the same site. A site has other hosts, too: so a request that
 * sets or uses the cookie must also name the page's origin, and its body must be JSON, which no form of another page can send.
 */
public final class RefreshCookie {
  private static final String PATH = "/v1/refresh";
  private static final Pattern LOOPBACK = Pattern
    .compile("http://(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?");

  private final String name;
  private final boolean secure;
  private final PageOrigin page;

  private RefreshCookie(boolean secure, PageOrigin page) {
    // Browsers take a cookie of this prefix only by https, and so no plain page of the host can replace it.
    this.name = secure ? "__Secure-knatter-refresh" : "knatter-refresh";
    this.secure = secure;
    this.page = page;
  }

  /**
   * Reads KNATTER_COOKIES_INSECURE, with which the cookie also goes by http, and every origin of this machine is the page's. The
   * page's origin is read by {@link PageOrigin#from}.
   */
  public static RefreshCookie from(Env env) {
    boolean insecure = env.get("KNATTER_COOKIES_INSECURE", "false").equals("true");
    return new RefreshCookie(!insecure, PageOrigin.from(env));
  }

  /**
   * @throws InvalidRequest if the body is not JSON
   * @throws Forbidden if the request does not come from the page
   */
  public void requirePage(Message<?> message) {
    if (!"application/json".equals(mediaType(message))) {
      throw new InvalidRequest("/cookie", "needs a body of JSON");
    }
    String from = header(message, "Origin");
    if (!page.value().equals(from) && (secure || from == null || !LOOPBACK.matcher(from).matches())) {
      throw new Forbidden("Only the page of this installation may use the cookie.");
    }
  }

  /** The token that a request from the page has in its cookie. A missing one is like one that renews nothing. */
  public RefreshToken token(Message<?> message) {
    requirePage(message);
    String cookies = header(message, "Cookie");
    for (String pair : cookies == null ? new String[0] : cookies.split(";", -1)) {
      if (pair.strip().startsWith(name + "=")) {
        return RefreshToken.parse(pair.strip().substring(name.length() + 1));
      }
    }
    throw RefreshToken.invalid();
  }

  /** The value of Set-Cookie that stores a token for as long as it lives. */
  public String holding(String token) {
    return with(token, RefreshToken.LIFETIME.toSeconds());
  }

  /** The value of Set-Cookie that removes the token. */
  public String empty() {
    return with("", 0);
  }

  private String with(String value, long seconds) {
    return name + "=" + value + "; Path=" + PATH + "; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }

  private static @Nullable String mediaType(Message<?> message) {
    String type = header(message, "Content-Type");
    return type == null ? null : type.split(";", 2)[0].strip();
  }

  private static @Nullable String header(Message<?> message, String name) {
    return message.getHeaders().get(name, String.class);
  }
}
