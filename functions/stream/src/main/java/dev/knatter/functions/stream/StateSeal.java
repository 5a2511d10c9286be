package dev.knatter.functions.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;

import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.shared.Base64Text;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;
import dev.knatter.shared.Hmac;
import dev.knatter.shared.token.IdentityText;

/**
 * Writes the state of a connection, and reads it back. An HMAC over the state and the connection's id says that this function has
 * made it for this connection. The adapter seals what a proxy keeps, too; other adapters of Spring Cloud Function do not.
 */
final class StateSeal {
  private static final int KEY = 32;
  private static final int TAG = 16;
  private static final String NONE = "-";
  private static final byte[] PURPOSE = "stream\n".getBytes(StandardCharsets.US_ASCII);

  private final Hmac mac;

  private StateSeal(Hmac mac) {
    this.mac = mac;
  }

  /** Reads the key from the secret KNATTER_CURSOR_KEY. */
  static StateSeal from(Env env) {
    return new StateSeal(new Hmac(env.requireKey("KNATTER_CURSOR_KEY", KEY)));
  }

  String seal(StreamEvent event, ConnectionState state) {
    String text = String.join(" ", Long.toString(state.since().getEpochSecond()),
        Long.toString(state.until().getEpochSecond()), state.cursor() == null ? NONE : state.cursor(),
        IdentityText.of(state.identity()));
    return Base64Text.encode(tag(event.connectionId(), text)) + " " + text;
  }

  /** @throws Unauthenticated if this function has not sealed the event's state for its connection */
  ConnectionState open(StreamEvent event) {
    String[] words = event.state() == null ? new String[0] : event.state().split(" ", 2);
    if (words.length < 2 || !isSealed(event.connectionId(), words[0], words[1])) {
      throw new Unauthenticated("The connection has no state of this server.");
    }
    String[] parts = words[1].split(" ", 4);
    return new ConnectionState(IdentityText.identity(parts[3]), time(parts[0]), time(parts[1]),
        parts[2].equals(NONE) ? null : parts[2]);
  }

  private static Instant time(String seconds) {
    return Instant.ofEpochSecond(Long.parseLong(seconds));
  }

  private boolean isSealed(String connection, String seal, String text) {
    return Base64Text.decode(seal)
      .filter(tag -> MessageDigest.isEqual(tag, tag(connection, text)))
      .isPresent();
  }

  /** The id of a connection has no line break, so it cannot be confused with the text. */
  private byte[] tag(String connection, String text) {
    return Arrays.copyOf(mac.of(PURPOSE, (connection + "\n" + text).getBytes(StandardCharsets.UTF_8)), TAG);
  }
}
