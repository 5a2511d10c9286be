package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.DomainError.OutsideNameRefused;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideIdentity;
import dev.knatter.shared.token.OutsideSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutsideAccountsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final String ISSUER = "https://id.example.com";
  private static final OutsideSession SESSION = new OutsideSession(new UUID(0, 8), new UUID(0, 9),
      Instant.EPOCH);

  private final OutsideAccounts accounts = pod(0);
  private final OutsideAccounts onAnotherPod = pod(1);
  private final Registration local = new Registration(stores.cassandra(), Clock.systemUTC(), ids(2),
      new Passwords(1), new ErasedNames(new byte[32], stores.cassandra()));

  @BeforeEach
  void restore() {
    stores.cassandraProxy().restore();
    for (int pod = 0; pod < 2; pod++) {
      Usernames names = new Usernames(stores.cassandra(pod));
      await().ignoreExceptions().until(() -> names.id("nobody").isEmpty());
    }
  }

  private static Uuid7 ids(int seed) {
    return new Uuid7(Clock.systemUTC(), new Random(seed));
  }

  private static OutsideAccounts pod(int number) {
    return new OutsideAccounts(stores.cassandra(number), ids(number),
        new ErasedNames(new byte[32], stores.cassandra(number)), Publications.NONE);
  }

  private static OutsideIdentity person(String subject, @Nullable String username) {
    return new OutsideIdentity(ISSUER, subject, SESSION, username, null);
  }

  private static @Nullable Row row(String query, Object... values) {
    return stores.session().execute(query, values).one();
  }

  @Test
  void firstCall_makesAnAccountThatNoPasswordOpens() {
    Identity ada = accounts.identity(new OutsideIdentity(ISSUER, "1", SESSION, "Ada", "Ada Lovelace"));

    assertThat(ada.username()).isEqualTo("ada");
    assertThat(ada.sessionId()).isEqualTo(SESSION.id());
    assertThat(Uuid7.isOne(ada.userId())).isTrue();
    assertThat(row("SELECT user_id, password_hash FROM accounts WHERE username = 'ada'"))
      .satisfies(row -> {
        assertThat(row.getUuid("user_id")).isEqualTo(ada.userId());
        assertThat(row.isNull("password_hash")).isTrue();
      });
    assertThat(row("SELECT display_name FROM users WHERE user_id = ?", ada.userId()))
      .satisfies(row -> assertThat(row.getString("display_name")).isEqualTo("Ada Lovelace"));
    assertThat(new Usernames(stores.cassandra()).of(List.of(ada.userId()))).containsValue("ada");
    for (String password : List.of("", "null", "password")) {
      assertThat(
          new Accounts(stores.cassandra(), new Passwords(1)).authenticate(new Username("ada"), password))
        .isEmpty();
    }
    assertThat(row("SELECT subject FROM outside_identities_of_user WHERE user_id = ?", ada.userId()))
      .satisfies(row -> assertThat(row.getString("subject")).isEqualTo("1"));
  }

  @Test
  void laterCalls_areTheSameUserWhateverTheIssuerCallsHimThen() {
    Identity first = accounts.identity(person("2", "grace"));

    assertThat(accounts.identity(person("2", "hopper"))).isEqualTo(first);
    assertThat(onAnotherPod.identity(person("2", "hopper"))).isEqualTo(first);
    assertThat(pod(0).identity(person("2", null))).isEqualTo(first);
  }

  @Test
  void secondCall_asksNoStore() {
    Identity first = accounts.identity(person("3", "cached"));
    stores.cassandraProxy().cut();

    assertThat(accounts.identity(person("3", "cached"))).isEqualTo(first);
  }

  @Test
  void sameSubjectOfAnotherIssuer_isAnotherUser() {
    Identity here = accounts.identity(person("4", "issuer-one"));
    Identity there = accounts
      .identity(new OutsideIdentity("https://other.example.com", "4", SESSION, "issuer-two", null));

    assertThat(there.userId()).isNotEqualTo(here.userId());
  }

  @Test
  void nameOfALocalAccount_isNotTakenOver() {
    Account owner = local.register(NewAccount.checked("owner", "a secret of mine", null, null));

    assertThatThrownBy(() -> accounts.identity(person("5", "Owner"))).isInstanceOf(OutsideNameRefused.class);
    assertThatThrownBy(() -> onAnotherPod.identity(person("5", "owner")))
      .isInstanceOf(OutsideNameRefused.class);
    assertThat(new Accounts(stores.cassandra(), new Passwords(1))
      .authenticate(new Username("owner"), "a secret of mine")
      .map(PasswordProof::account))
      .contains(owner);
    assertThat(row("SELECT user_id FROM outside_identities WHERE issuer = ? AND subject = '5'", ISSUER))
      .isNull();
    assertThat(accounts.identity(person("5", "renamed")).username()).isEqualTo("renamed");
  }

  @Test
  void nameOfAnotherOutsideAccount_isNotTakenOver() {
    accounts.identity(person("6", "taken"));

    assertThatThrownBy(() -> onAnotherPod.identity(person("7", "taken")))
      .isInstanceOf(OutsideNameRefused.class);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "ab", "ada@example.com", "_ada", "ada lovelace", "\u212aelvin",
      "a23456789012345678901234567890123"})
  void nameThatIsNone_isRefused(String name) {
    assertThatThrownBy(() -> accounts.identity(person("8", name))).isInstanceOf(OutsideNameRefused.class)
      .hasMessageContaining("3 to 32");
  }

  @Test
  void displayNameThatIsNone_isLeftOut() {
    Identity nameless = accounts
      .identity(new OutsideIdentity(ISSUER, "9", SESSION, "nameless", "\u3164\u200b"));

    assertThat(row("SELECT display_name FROM users WHERE user_id = ?", nameless.userId()))
      .satisfies(row -> assertThat(row.isNull("display_name")).isTrue());
  }

  @Test
  void twentyFirstCallsOnTwoPods_makeOneAccount() throws Exception {
    List<Callable<Identity>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      OutsideAccounts pod = i % 2 == 0 ? accounts : onAnotherPod;
      String name = "contested" + i / 5;
      calls.add(() -> pod.identity(person("10", name)));
    }
    Set<Identity> found = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Identity> call : threads.invokeAll(calls)) {
        found.add(call.get());
      }
    }
    assertThat(found).hasSize(1);
    UUID user = found.iterator().next().userId();
    assertThat(stores.session().execute("SELECT username, user_id FROM accounts").all())
      .filteredOn(row -> String.valueOf(row.getString("username")).startsWith("contested"))
      .singleElement()
      .satisfies(row -> assertThat(row.getUuid("user_id")).isEqualTo(user));
    assertThat(stores.session().execute("SELECT user_id, username FROM users").all())
      .filteredOn(row -> String.valueOf(row.getString("username")).startsWith("contested"))
      .singleElement()
      .satisfies(row -> assertThat(row.getUuid("user_id")).isEqualTo(user));
  }

  @Test
  void oneNameWantedByTwoPeopleAndARegistration_isOnes() throws Exception {
    List<Callable<UUID>> calls = List.of(() -> accounts.identity(person("11", "prize")).userId(),
        () -> onAnotherPod.identity(person("12", "prize")).userId(),
        () -> local.register(NewAccount.checked("prize", "a secret of mine", null, null)).userId());
    List<UUID> winners = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<UUID> call : threads.invokeAll(calls)) {
        if (call.state() == Future.State.SUCCESS) {
          winners.add(call.resultNow());
        }
      }
    }
    assertThat(row("SELECT user_id FROM accounts WHERE username = 'prize'"))
      .satisfies(row -> assertThat(winners).containsExactly(row.getUuid("user_id")));
  }

  @Test
  void bindingWhoseMakerWasStopped_isFinished() {
    UUID user = ids(3).mint();
    stores.session()
      .execute(
          "INSERT INTO outside_identities (issuer, subject, user_id, username) VALUES (?, '13', ?, 'halfway')",
          ISSUER, user);

    assertThat(accounts.identity(person("13", "other-by-now")))
      .isEqualTo(new Identity(user, "halfway", SESSION));
    assertThat(row("SELECT user_id FROM accounts WHERE username = 'halfway'"))
      .satisfies(row -> assertThat(row.getUuid("user_id")).isEqualTo(user));
  }

  @Test
  void bindingWhoseNameSomebodyElseGot_isDissolved() {
    local.register(NewAccount.checked("faster", "a secret of mine", null, null));
    UUID user = ids(4).mint();
    stores.session()
      .execute(
          "INSERT INTO outside_identities (issuer, subject, user_id, username) VALUES (?, '14', ?, 'faster')",
          ISSUER, user);

    assertThatThrownBy(() -> accounts.identity(person("14", "slower")))
      .isInstanceOf(OutsideNameRefused.class);
    assertThat(row("SELECT subject FROM outside_identities_of_user WHERE user_id = ?", user)).isNull();
    assertThat(row("SELECT username FROM users WHERE user_id = ?", user)).isNull();
    assertThat(accounts.identity(person("14", "slower")).username()).isEqualTo("slower");
  }

  @Test
  void cassandraCut_isUnavailableAndLaterOneAccount() {
    stores.cassandraProxy().cut();
    assertThatThrownBy(() -> accounts.identity(person("15", "patient"))).isInstanceOf(Unavailable.class);
    stores.cassandraProxy().restore();

    await().ignoreExceptions().until(() -> accounts.identity(person("15", "patient")) != null);
  }
}
