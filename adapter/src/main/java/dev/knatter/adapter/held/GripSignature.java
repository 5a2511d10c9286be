package dev.knatter.adapter.held;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

import dev.knatter.adapter.json.InvalidInput;
import dev.knatter.adapter.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code Grip-Sig}: a JWT (RFC 7519) that a proxy makes for each request with the key that it shares with this process.
 * HS256 alone is accepted (RFC 7518 §3.2), and {@code exp} is needed.
 */
public final class GripSignature {
  private static final int PARTS = 3;

  private final Hmac hmac;
  private final InstantSource clock;
  private final Json json = new Json();

  public GripSignature(byte[] key, InstantSource clock) {
    this.hmac = new Hmac(key);
    this.clock = clock;
  }

  public boolean isValid(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != PARTS) {
      return false;
    }
    byte[] expected = hmac.of((parts[0] + '.' + parts[1]).getBytes(US_ASCII));
    try {
      if (!MessageDigest.isEqual(expected, Base64.getUrlDecoder().decode(parts[2]))) {
        return false;
      }
      return "HS256".equals(members(parts[0]).get("alg")) && isInTime(members(parts[1]).get("exp"));
    } catch (IllegalArgumentException | InvalidInput e) {
      return false;
    }
  }

  private Map<String, @Nullable Object> members(String part) {
    return json.object(Base64.getUrlDecoder().decode(part));
  }

  private boolean isInTime(@Nullable Object end) {
    return end instanceof Number seconds && clock.instant().getEpochSecond() < seconds.longValue();
  }
}
