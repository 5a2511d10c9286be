package dev.knatter.bench.screen;

import java.util.List;
import java.util.regex.Pattern;

import dev.knatter.bench.process.HttpConnection;

/** The requests that the page makes (clients/web, functions/web) until it shows a chat. */
final class PageRequests {
  /** As many as the page asks for. */
  static final int LIMIT = 50;

  private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");
  private static final Pattern TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");

  private PageRequests() {}

  static byte[] page() {
    return get("/", "");
  }

  /** The files that a page loads, in its order, each once. */
  static List<String> assets(String page) {
    return ASSET.matcher(page).results().map(found -> found.group(1)).distinct().toList();
  }

  /** As browsers ask; the page itself comes uncompressed, because it is read here. */
  static byte[] asset(String path) {
    return HttpConnection.withHeaders("GET " + path, "Accept-Encoding: gzip\r\n", "");
  }

  /** As {@code wake()} asks. */
  static byte[] options(String path) {
    return HttpConnection.request("OPTIONS " + path, "", "");
  }

  /**
   * Renews the session.
   *
   * @param cookie name and value of the one that holds the refresh token
   * @param origin of the page
   */
  static byte[] renewal(String cookie, String origin) {
    return HttpConnection.withHeaders("POST /v1/refresh",
        "Content-Type: application/json\r\nOrigin: %s\r\nCookie: %s\r\n".formatted(origin, cookie),
        "{\"cookie\":true}");
  }

  /** The access token of the answer to {@link #renewal}. */
  static String token(String answer) {
    return TOKEN.matcher(answer)
      .results()
      .findFirst()
      .map(found -> found.group(1))
      .orElseThrow(() -> new IllegalStateException("No access token came."));
  }

  static byte[] ticket(String token) {
    return HttpConnection.withHeaders("POST /v1/stream/ticket",
        "Authorization: Bearer %s\r\nContent-Length: 0\r\n".formatted(token), "");
  }

  static byte[] conversations(String token) {
    return get("/v1/conversations?limit=" + LIMIT, token);
  }

  static byte[] messages(String token, String username) {
    return get("/v1/messages?with=" + username + "&limit=" + LIMIT, token);
  }

  static byte[] profile(String token, String username) {
    return get("/v1/users/" + username, token);
  }

  private static byte[] get(String path, String token) {
    return HttpConnection.request("GET " + path, token, "");
  }
}
