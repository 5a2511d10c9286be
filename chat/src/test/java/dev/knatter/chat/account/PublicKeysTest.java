package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PublicKeysTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final PublicKeys keys = new PublicKeys(stores.cassandra());
  private final UUID ada = UUID.randomUUID();

  private static DeviceKey key(String id, String algorithm, @Nullable String device) {
    return new DeviceKey(id, algorithm, "AAAA", device);
  }

  private List<DeviceKey> ofAda() {
    return keys.of(ada);
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
