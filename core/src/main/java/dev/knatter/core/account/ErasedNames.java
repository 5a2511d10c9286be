package dev.knatter.core.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.knatter.core.Env;
import dev.knatter.core.Hmac;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;

/**
 * The names of people who had themselves erased. Nobody gets such a name again, or he would get their mail; and nobody
 * who reads the store learns it: it is kept as an HMAC-SHA256. Its key is never changed, because with another one all of
 * these names would be free.
 */
public final class ErasedNames {
  private static final String VARIABLE = "KNATTER_NAME_KEY_FILE";
  private static final int KEY = 32;

  private final Hmac hmac;
  private final Cassandra cassandra;
  private final Cql select;

  ErasedNames(byte[] key, Cassandra cassandra) {
    this.hmac = new Hmac(key);
    this.cassandra = cassandra;
    this.select = cassandra.cql("SELECT name_hash FROM erased_names WHERE name_hash = ?").seldom();
  }

  /** With the key in the file that KNATTER_NAME_KEY_FILE names: 32 bytes in base64. */
  public static ErasedNames from(Env env, Cassandra cassandra) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(env.readFile(VARIABLE));
    } catch (IllegalArgumentException _) {
      throw new IllegalStateException(VARIABLE + " names a file that is not base64.");
    }
    if (key.length != KEY) {
      throw new IllegalStateException(VARIABLE + " must name a file with 32 bytes in base64.");
    }
    return new ErasedNames(key, cassandra);
  }

  boolean has(Username name) {
    return cassandra.one(select.bind(hash(name.value()))) != null;
  }

  /** What stands for a name, in its stored form. */
  public ByteBuffer hash(String name) {
    return ByteBuffer.wrap(hmac.of(name.getBytes(StandardCharsets.UTF_8)));
  }
}
