package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.Migrations;
import dev.knatter.testing.RealStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PublicKeysTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  private static Cassandra cassandra;
  private static PublicKeys keys;

  private final UUID ada = UUID.randomUUID();

  @BeforeAll
  static void open() throws Exception {
    CassandraSettings settings = CassandraSettings.from(Env.of(stores.env()));
    Migrations.apply(settings, "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    cassandra = Cassandra.open(settings, Clock.systemUTC());
    keys = new PublicKeys(cassandra);
  }

  @AfterAll
  static void close() {
    cassandra.close();
  }

  private static DeviceKey key(String id, String algorithm, @Nullable String device) {
    return new DeviceKey(id, algorithm, "AAAA", device);
  }

  private List<DeviceKey> ofAda() {
    return PublicKeys.keys(cassandra.all(cassandra.cql(PublicKeys.SELECT).bind(ada)));
  }

  @Test
  void key_isReplacedWhole() {
    keys.put(ada, key("phone", "X25519", "telephone"));
    keys.put(ada, key("laptop", "X25519", "laptop"));
    keys.put(ada, key("phone", "Ed25519", null));

    assertThat(ofAda()).containsExactly(key("laptop", "X25519", "laptop"), key("phone", "Ed25519", null));
  }

  @Test
  void key_deletedTwice_isGone() {
    keys.put(ada, key("phone", "X25519", null));
    keys.delete(ada, "phone");
    keys.delete(ada, "phone");

    assertThat(ofAda()).isEmpty();
    keys.put(ada, key("phone", "X25519", null));
    assertThat(ofAda()).hasSize(1);
  }

  @Test
  void keyBeforeThereWereTransactions_counts() {
    stores.session()
      .execute(
          "INSERT INTO public_keys (user_id, key_id, algorithm, public_key) VALUES (?, 'old', 'X', 'AAAA')",
          ada);
    keys.put(ada, key("new", "X", null));

    assertThat(ofAda()).extracting(each -> each.keyId()).containsExactly("new", "old");
  }

  @Test
  void keysOverTheLimit_areRefusedAndOthersReplaced() {
    IntStream.range(0, PublicKeys.MAX).forEach(i -> keys.put(ada, key("key-" + i, "X25519", null)));

    assertThatThrownBy(() -> keys.put(ada, key("another", "X25519", null))).isInstanceOf(Forbidden.class);
    keys.put(ada, key("key-3", "Ed25519", null));
    keys.delete(ada, "key-4");
    keys.put(ada, key("another", "X25519", null));
    assertThat(ofAda()).hasSize(PublicKeys.MAX);
  }

  @Test
  void keysAtOnce_areNeverMoreThanTheLimit() throws Exception {
    IntStream.range(0, PublicKeys.MAX - 2).forEach(i -> keys.put(ada, key("key-" + i, "X25519", null)));
    List<Callable<Boolean>> attempts = IntStream.range(0, 8)
      .<Callable<Boolean>>mapToObj(i -> () -> puts(key("more-" + i, "X25519", null)))
      .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int stored = 0;
      for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
        stored += attempt.get() ? 1 : 0;
      }
      assertThat(ofAda()).hasSizeBetween(PublicKeys.MAX - 1, PublicKeys.MAX)
        .hasSizeGreaterThanOrEqualTo(PublicKeys.MAX - 2 + stored);
    }
  }

  /** Whether the key is known to be there: many at once may also find no end to the changes of others. */
  private boolean puts(DeviceKey key) {
    try {
      keys.put(ada, key);
      return true;
    } catch (Forbidden | Unavailable e) {
      return false;
    }
  }
}
