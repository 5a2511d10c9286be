package dev.knatter.e2e.http;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562, section 5.7), as a client mints them. */
public final class ClientIds {
  private ClientIds() {}

  public static String now() {
    return at(Instant.now());
  }

  public static String ago(Duration age) {
    return at(Instant.now().minus(age));
  }

  public static String at(Instant time) {
    UUID random = UUID.randomUUID();
    long high = (time.toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xFFF);
    return new UUID(high, random.getLeastSignificantBits()).toString();
  }
}
