package dev.knatter.adapter.http;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The opening handshake of a WebSocket (RFC 6455 §4.2.1). */
public final class WebSocketRequest {
  /** The only version of the protocol. */
  public static final String VERSION = "13";
  private static final int KEY_BYTES = 16;

  private WebSocketRequest() {}

  /** Whether the client wants to go on with a WebSocket. HTTP/1.0 has no upgrade (RFC 9110 §7.8). */
  public static boolean isAsked(RequestHead head) {
    return head.method().equals("GET") && head.isHttp11() && asksForWebSocketAlone(head)
        && connectionUpgrades(head);
  }

  /** A list with other protocols besides is not one of a WebSocket's client, and Netty's handshaker does not take it. */
  private static boolean asksForWebSocketAlone(RequestHead head) {
    List<String> protocols = head.values("Upgrade");
    return protocols.size() == 1 && protocols.getFirst().strip().equalsIgnoreCase("websocket");
  }

  private static boolean connectionUpgrades(RequestHead head) {
    return head.values("Connection")
      .stream()
      .flatMap(field -> Stream.of(field.split(",", -1)))
      .anyMatch(item -> item.strip().equalsIgnoreCase("upgrade"));
  }

  public static boolean hasVersion(RequestHead head) {
    return head.values("Sec-WebSocket-Version").equals(List.of(VERSION));
  }

  /** Whether the rest of the handshake is right. A body would be taken for frames by one side, and not by the other. */
  public static boolean isWellFormed(RequestHead head) {
    List<String> keys = head.values("Sec-WebSocket-Key");
    return keys.size() == 1 && isKey(keys.getFirst().strip()) && !head.announcesBody();
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
