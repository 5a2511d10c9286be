package dev.knatter.chat.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.Env;
import dev.knatter.shared.Hmac;

/**
 * The cursors of a list whose rows are ordered by UUID, and which is the same for everybody who may read it. A cursor
 * is base64url of the row's UUID and of the first 16 bytes of an HMAC-SHA256. Each list has a key of its own, derived
 * from KNATTER_CURSOR_KEY, so that a cursor is not valid for another list, nor for a feed of messages.
 */
public final class ListCursors {
  private static final int POSITION = 16;
  private static final int TAG = 16;
  private static final int KEY = 32;
  private static final int LONGEST = 64;

  private final Hmac mac;

  private ListCursors(byte[] key) {
    this.mac = new Hmac(key);
  }

  /**
   * Reads the key from the secret KNATTER_CURSOR_KEY.
   *
   * @param list names the list; it must not change, or cursors that clients have are not valid any more
   */
  public static ListCursors from(Env env, String list) {
    Hmac root = new Hmac(env.requireKey("KNATTER_CURSOR_KEY", KEY));
    return new ListCursors(root.of(("list " + list).getBytes(StandardCharsets.UTF_8)));
  }

  public String seal(UUID position) {
    byte[] body = bytes(position);
    byte[] sealed = Arrays.copyOf(body, POSITION + TAG);
    System.arraycopy(tag(body), 0, sealed, POSITION, TAG);
    return CursorText.encode(sealed);
  }

  /**
   * The position that a cursor holds.
   *
   * @param pointer names the input for the error
   * @throws InvalidRequest if the cursor was not given out for this list
   */
  public UUID open(String cursor, String pointer) {
    return CursorText.decode(cursor, LONGEST)
      .filter(sealed -> sealed.length == POSITION + TAG)
      .flatMap(this::position)
      .orElseThrow(() -> new InvalidRequest(pointer, "This is no cursor that was given out for this."));
  }

  private Optional<UUID> position(byte[] sealed) {
    byte[] body = Arrays.copyOf(sealed, POSITION);
    byte[] tag = Arrays.copyOfRange(sealed, POSITION, sealed.length);
    ByteBuffer position = ByteBuffer.wrap(body);
    return MessageDigest.isEqual(tag, tag(body))
        ? Optional.of(new UUID(position.getLong(), position.getLong()))
        : Optional.empty();
  }

  private byte[] tag(byte[] body) {
    return Arrays.copyOf(mac.of(body), TAG);
  }

  private static byte[] bytes(UUID position) {
    return ByteBuffer.allocate(POSITION)
      .putLong(position.getMostSignificantBits())
      .putLong(position.getLeastSignificantBits())
      .array();
  }
}
