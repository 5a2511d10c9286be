package dev.knatter.adapter.stream;

import java.nio.charset.StandardCharsets;

/**
 * The end of a connection. Server-Sent Events have no codes: there the answer only ends.
 *
 * @param code   of RFC 6455 §7.4: 1000, 1001, 1008, 1011, 1012, 1013, or 3000 to 4999
 * @param reason at most 123 bytes of UTF-8 (§5.5); may be empty
 */
public record Close(int code, String reason) {
  public static final Close NORMAL = new Close(1000, "");
  /** The server goes away; the client connects again. */
  public static final Close GOING_AWAY = new Close(1001, "");
  public static final Close POLICY = new Close(1008, "");

  private static final int MAX_REASON = 123;

  public Close {
    boolean known = code == 1000 || code == 1001 || code == 1008 || (code >= 1011 && code <= 1013)
        || (code >= 3000 && code <= 4999);
    if (!known) {
      throw new IllegalArgumentException("Not a code with which a server closes: " + code);
    }
    if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON) {
      throw new IllegalArgumentException("The reason of a close is too long");
    }
  }
}
