package dev.knatter.bench.sending;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The ids of the product: a conversation's follows from its members, a message's from who says what under which id. */
final class Ids {
  private Ids() {}

  /** A UUIDv7 of the present. */
  static UUID mint() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return version7(System.currentTimeMillis(), random.nextLong(), random.nextLong());
  }

  static long millis(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }

  /** @param members sorted */
  static UUID conversation(List<UUID> members) {
    MessageDigest digest = sha256();
    add(digest, "direct".getBytes(StandardCharsets.UTF_8));
    members.forEach(member -> add(digest, bytes(member)));
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new UUID((hash.getLong() & ~0xF000L) | 0x8000L, variant(hash.getLong()));
  }

  /** The same for every attempt. */
  static UUID message(UUID sender, UUID conversation, UUID clientId, String content) {
    MessageDigest digest = sha256();
    List.of(sender, conversation, clientId).forEach(id -> add(digest, bytes(id)));
    add(digest, content.getBytes(StandardCharsets.UTF_8));
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return version7(millis(clientId), hash.getLong(), hash.getLong());
  }

  static byte[] hash(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      add(digest, part.getBytes(StandardCharsets.UTF_8));
    }
    return digest.digest();
  }

  private static UUID version7(long millis, long high, long low) {
    return new UUID((millis << 16) | 0x7000L | (high & 0xFFFL), variant(low));
  }

  private static long variant(long low) {
    return (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
  }

  private static void add(MessageDigest digest, byte[] value) {
    digest.update(ByteBuffer.allocate(4).putInt(value.length).flip());
    digest.update(value);
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
      .putLong(id.getMostSignificantBits())
      .putLong(id.getLeastSignificantBits())
      .array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
