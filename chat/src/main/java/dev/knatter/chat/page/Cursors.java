package dev.knatter.chat.page;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.Env;
import dev.knatter.shared.Hmac;

/**
 * Converts positions to cursors, which clients keep, and back. A cursor is base64url of a version, the position, and
 * the first 16 bytes of an HMAC-SHA256. The MAC also covers the user, the scope and the direction, so that a cursor
 * is not valid for another.
 */
public final class Cursors {
  private static final byte FIRST_VERSION = 1;
  private static final byte VERSION = 2;
  private static final int TAG = 16;
  private static final int KEY = 32;
  private static final int LONGEST = 320;

  private final Hmac mac;

  private Cursors(byte[] key) {
    this.mac = new Hmac(key);
  }

  /** Reads the key from the secret KNATTER_CURSOR_KEY. */
  public static Cursors from(Env env) {
    return new Cursors(env.requireKey("KNATTER_CURSOR_KEY", KEY));
  }

  public String seal(UUID user, Scope scope, Direction direction, CursorPosition position) {
    byte[] body = bytes(out -> {
      out.writeByte(VERSION);
      CursorPositionCodec.write(out, position);
    });
    byte[] sealed = Arrays.copyOf(body, body.length + TAG);
    System.arraycopy(tag(user, scope, direction, body), 0, sealed, body.length, TAG);
    return CursorText.encode(sealed);
  }

  /** @throws InvalidRequest if this user did not get this cursor for this scope and direction */
  public CursorPosition open(UUID user, Scope scope, Direction direction, String cursor) {
    byte[] sealed = CursorText.decode(cursor, LONGEST).orElseThrow(() -> invalid(direction));
    byte[] body = Arrays.copyOf(sealed, Math.max(sealed.length - TAG, 0));
    byte[] tag = Arrays.copyOfRange(sealed, body.length, sealed.length);
    if (!MessageDigest.isEqual(tag, tag(user, scope, direction, body))) {
      throw invalid(direction);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
      return switch (in.readByte()) {
        case FIRST_VERSION -> CursorPositionCodec.readFirstVersion(in, direction);
        case VERSION -> CursorPositionCodec.read(in);
        default -> throw invalid(direction);
      };
    } catch (IOException _) {
      throw invalid(direction);
    }
  }

  private static InvalidRequest invalid(Direction direction) {
    return new InvalidRequest("/" + direction.name().toLowerCase(Locale.ROOT),
        "This is no cursor that was given out for this.");
  }

  private byte[] tag(UUID user, Scope scope, Direction direction, byte[] body) {
    byte[] context = bytes(out -> {
      CursorPositionCodec.write(out, user);
      out.writeBoolean(scope.isInbox());
      CursorPositionCodec.write(out, scope.id());
      out.writeBoolean(direction == Direction.AFTER);
    });
    // The context has a fixed length, so that it cannot be confused with the body.
    return Arrays.copyOf(mac.of(context, body), TAG);
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }
}
