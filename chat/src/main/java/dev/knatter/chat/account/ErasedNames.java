package dev.knatter.chat.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import dev.knatter.shared.Env;
import dev.knatter.shared.Hmac;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * The usernames of erased people. Nobody can register such a name again, because they would receive the erased
 * person's messages. Only an HMAC-SHA256 of each name is stored, so that the store does not reveal it. The key must
 * never change: with another key all of these names would be free.
 */
public final class ErasedNames {
  private static final int KEY = 32;

  private final Hmac hmac;
  private final Cassandra cassandra;
  private final Cql select;

  ErasedNames(byte[] key, Cassandra cassandra) {
    this.hmac = new Hmac(key);
    this.cassandra = cassandra;
    this.select = cassandra.cql("SELECT name_hash FROM erased_names WHERE name_hash = ?");
  }

  /** Reads the key from the secret KNATTER_NAME_KEY. */
  public static ErasedNames from(Env env, Cassandra cassandra) {
    return new ErasedNames(env.requireKey("KNATTER_NAME_KEY", KEY), cassandra);
  }

  boolean has(Username name) {
    return cassandra.one(select.bind(hash(name.value()))) != null;
  }

  /** The stored HMAC of a name. The name must be in its stored form. */
  public ByteBuffer hash(String name) {
    return ByteBuffer.wrap(hmac.of(name.getBytes(StandardCharsets.UTF_8)));
  }
}
