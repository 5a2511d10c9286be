package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.account.Recipients.Recipient;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RecipientsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final Random random = new Random(9);
  private final Registration registration = new Registration(stores.cassandra(), Clock.systemUTC(),
      new Uuid7(Clock.systemUTC(), random), new Passwords(2),
      new ErasedNames(new byte[32], stores.cassandra()));
  private final Blocks blocks = new Blocks(stores.cassandra(), new UserInvalidations(stores.redis()));
  private final AtomicLong nanos = new AtomicLong();
  private final Recipients recipients = remembering(nanos);
  private final Identity grace = register("grace");
  private final Identity ada = register("ada");

  @AfterEach
  void restore() {
    stores.cassandraProxy().restore();
    await().ignoreExceptionsInstanceOf(Unavailable.class)
      .until(() -> recipients.named("nobody", true).isEmpty());
  }

  private static Recipients remembering(AtomicLong nanos) {
    return new Recipients(stores.cassandra(), nanos::get);
  }

  private Identity register(String name) {
    Account account = registration.register(
        NewAccount.checked(name + "-" + Long.toHexString(random.nextLong()), "a secret of mine", null, null));
    return new Identity(account.userId(), account.username().value(), UUID.randomUUID());
  }

  private Recipient named(Identity who, boolean present) {
    return recipients.named(who.username(), present).orElseThrow();
  }

  private Recipient withId(Identity who, boolean present) {
    return recipients.of(who.userId(), present).orElseThrow();
  }

  @Test
  void block_isInBothRowsByWhichItsOwnerIsFound() {
    blocks.block(grace, ada.userId());
    assertThat(named(grace, false).blocks(ada.userId())).isTrue();
    assertThat(
        new Recipients(stores.cassandra()).of(grace.userId(), false).orElseThrow().blocks(ada.userId()))
      .isTrue();
    assertThat(named(ada, false).blocks(grace.userId())).as("it has a direction").isFalse();

    blocks.unblock(grace, ada.userId());
    assertThat(named(grace, true).blocked()).isEmpty();
    assertThat(withId(grace, true).blocked()).isEmpty();
    assertThat(blocks.of(grace.userId())).isEmpty();
  }

  @Test
  void block_isKnownToWhoeverAsksForThePresentAndToAllWithinAMinute() {
    named(grace, false);
    blocks.block(grace, ada.userId());
    assertThat(named(grace, false).blocks(ada.userId())).as("remembered").isFalse();
    assertThat(named(grace, true).blocks(ada.userId())).isTrue();
    assertThat(named(grace, false).blocks(ada.userId())).as("learnt").isTrue();
    assertThat(withId(grace, false).blocks(ada.userId())).as("learnt by the other way").isTrue();

    blocks.unblock(grace, ada.userId());
    nanos.addAndGet(Duration.ofSeconds(57).toNanos());
    assertThat(named(grace, false).blocks(ada.userId())).isFalse();
  }

  @Test
  void addressee_whoIsRemembered_costsNoRead() {
    named(grace, false);
    stores.cassandraProxy().cut();
    assertThat(named(grace, false)).isEqualTo(withId(grace, false));
    assertThat(withId(grace, false).username()).isEqualTo(grace.username());
    assertThatThrownBy(() -> named(grace, true)).isInstanceOf(Unavailable.class);
  }

  @Test
  void nobody_isNobody() {
    assertThat(recipients.named("nobody", false)).isEmpty();
    assertThat(recipients.named("\u212aelvin", false)).isEmpty();
    assertThat(recipients.of(UUID.randomUUID(), false)).isEmpty();
  }

  @Test
  void block_ofOneselfOrOfTooMany_isRefused() {
    assertThatThrownBy(() -> blocks.block(ada, ada.userId())).isInstanceOf(InvalidRequest.class);
    IntStream.range(0, Blocks.MAX)
      .forEach(_ -> stores.session()
        .execute("UPDATE users SET blocked = blocked + {" + UUID.randomUUID() + "} WHERE user_id = "
            + ada.userId()));
    assertThatThrownBy(() -> blocks.block(ada, grace.userId())).isInstanceOf(Forbidden.class);
  }
}
