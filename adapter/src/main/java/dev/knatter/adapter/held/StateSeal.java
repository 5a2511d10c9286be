package dev.knatter.adapter.held;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Seals what a proxy keeps of a connection. The proxy sends it back with each event; but it also passes on what a client writes into
 * the same fields of a request of its own, so only the seal tells that the function's process has made it, and for which
 * connection.
 */
public final class StateSeal {
  /** A proxy asks for the next part at once, and tries for a minute; the function may have to start. */
  private static final Duration LINK_LIFE = Duration.ofMinutes(3);

  private final Hmac hmac;
  private final String function;
  private final InstantSource clock;
  private final Json json = new Json();

  /**
   * What is sealed.
   *
   * @param id       of the connection
   * @param state    of the function; null for none
   * @param channels of an event stream: all that it has
   * @param until    when it is good for the last time; null for ever
   */
  public record Kept(String id, @Nullable String state, @Nullable List<String> channels,
      @Nullable Instant until) {}

  /** @param function the name of the stream's function: what one stream has sealed, another one does not open */
  public StateSeal(byte[] key, String function, InstantSource clock) {
    this.hmac = new Hmac(key);
    this.function = function;
    this.clock = clock;
  }

  /** Seals the state of a WebSocket. */
  String ofWebSocket(String id, @Nullable String state) {
    return seal(new Kept(id, state, null, null));
  }

  /** Seals what the next part of an event stream needs: its request comes without the fields of the first one. */
  String ofLink(String id, @Nullable String state, List<String> channels) {
    return seal(new Kept(id, state, channels, clock.instant().plus(LINK_LIFE)));
  }

  private String seal(Kept kept) {
    byte[] content = json.write(kept);
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(content) + '.' + encoder.encodeToString(mac(content));
  }

  private byte[] mac(byte[] content) {
    byte[] name = function.getBytes(StandardCharsets.UTF_8);
    return hmac.of(ByteBuffer.allocate(Integer.BYTES + name.length + content.length)
      .putInt(name.length)
      .put(name)
      .put(content)
      .array());
  }

  /** What was sealed for the state of this WebSocket; null where this is not it. */
  public @Nullable Kept openWebSocket(String id, String sealed) {
    Kept kept = open(sealed);
    return kept != null && kept.until() == null && kept.id().equals(id) ? kept : null;
  }

  /** What was sealed for the next part of an event stream; null where it was not, or where it is too late. */
  public @Nullable Kept openLink(String sealed) {
    Kept kept = open(sealed);
    return kept != null && kept.until() != null && clock.instant().isBefore(kept.until()) ? kept : null;
  }

  private @Nullable Kept open(String sealed) {
    int dot = sealed.indexOf('.');
    if (dot < 0) {
      return null;
    }
    try {
      byte[] content = Base64.getUrlDecoder().decode(sealed.substring(0, dot));
      byte[] mac = Base64.getUrlDecoder().decode(sealed.substring(dot + 1));
      return MessageDigest.isEqual(mac(content), mac) ? json.bind(json.object(content), Kept.class) : null;
    } catch (IllegalArgumentException | InvalidInput e) {
      return null;
    }
  }
}
