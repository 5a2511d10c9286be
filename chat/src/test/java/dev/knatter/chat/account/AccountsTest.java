package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.knatter.chat.MigratedStores;
import dev.knatter.shared.DomainError.UsernameTaken;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AccountsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final Passwords passwords = new Passwords(2);
  private final Accounts accounts = new Accounts(stores.cassandra(0), passwords);
  private final Accounts onAnotherPod = new Accounts(stores.cassandra(1), new Passwords(2));
  private final Registration registration = registration(0);
  private final Registration alsoOnAnotherPod = registration(1);
  private final Usernames names = new Usernames(stores.cassandra());

  private static Registration registration(int pod) {
    return new Registration(stores.cassandra(pod), Clock.systemUTC(),
        new Uuid7(Clock.systemUTC(), new Random(pod)), new Passwords(2),
        new ErasedNames(new byte[32], stores.cassandra(pod)));
  }

  private static NewAccount wanted(String name, String password, @Nullable String phone) {
    return NewAccount.checked(name, password, phone, null);
  }

  private static Username name(String text) {
    return Username.parse(text).orElseThrow();
  }

  @Test
  void registered_canLogInWithThatPasswordAndNoOther() {
    Account grace = registration.register(wanted("Grace", "nanosecond", null));

    assertThat(grace.username().value()).isEqualTo("grace");
    assertThat(onAnotherPod.authenticate(name("GRACE"), "nanosecond").map(PasswordProof::account))
      .contains(grace);
    assertThat(onAnotherPod.authenticate(name("grace"), "nanoseconds")).isEmpty();
    assertThat(onAnotherPod.authenticate(name("hopper"), "nanosecond")).isEmpty();
    assertThat(names.id("gRace")).contains(grace.userId());
    assertThat(names.of(List.of(grace.userId(), new UUID(0, 0)))).containsOnlyKeys(grace.userId())
      .containsValue("grace");
  }

  /** Hashing takes most of the time of a login: without it, the time would tell which names there are. */
  @Test
  void nameThatNobodyHas_isHashedLikeAWrongPassword() {
    registration.register(wanted("known", "the password", null));
    for (String name : List.of("known", "unknown")) {
      long before = passwords.hashCount();
      assertThat(accounts.authenticate(name(name), "another password")).isEmpty();
      assertThat(passwords.hashCount()).isEqualTo(before + 1);
    }
  }

  @Test
  void hashOfWeakerParameters_isRaisedAtTheNextLogin() {
    Account ada = registration.register(wanted("ada", "analytical engine", null));
    storeHash("ada", weak("analytical engine"));
    assertThat(accounts.authenticate(name("ada"), "analytical motor")).isEmpty();
    assertThat(hash("ada")).contains("m=4096,t=1");

    assertThat(accounts.authenticate(name("ada"), "analytical engine").map(PasswordProof::account))
      .contains(ada);
    assertThat(hash("ada")).contains("m=19456,t=2");
    assertThat(onAnotherPod.authenticate(name("ada"), "analytical engine").map(PasswordProof::account))
      .contains(ada);
  }

  @Test
  void hashThatWasReplacedMeanwhile_isNotReplacedAgain() {
    registration.register(wanted("charles", "difference engine", null));
    String changed = hash("charles");
    new HashUpgrade(stores.cassandra(), new Passwords(1)).replace(name("charles"), "forgotten engine",
        weak("forgotten engine"));

    assertThat(hash("charles")).isEqualTo(changed);
  }

  private static String weak(String password) {
    return Password.hash(password)
      .addRandomSalt(16)
      .with(Argon2Function.getInstance(4_096, 1, 1, 32, Argon2.ID))
      .getResult();
  }

  private static void storeHash(String name, String hash) {
    stores.session()
      .execute("UPDATE accounts SET password_hash = ? WHERE username = ? IF EXISTS", hash, name);
  }

  private static @Nullable String hash(String name) {
    Row row = stores.session()
      .execute(SimpleStatement.newInstance("SELECT password_hash FROM accounts WHERE username = ?", name)
        .setConsistencyLevel(ConsistencyLevel.SERIAL))
      .one();
    return row == null ? null : row.getString("password_hash");
  }

  @Test
  void nameRegisteredTwentyTimesAtOnce_isOnesAndItsPasswordWorks() throws Exception {
    List<Callable<Account>> attempts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Registration pod = i % 2 == 0 ? registration : alsoOnAnotherPod;
      NewAccount wanted = wanted("contested", "password of " + i, null);
      attempts.add(() -> pod.register(wanted));
    }
    List<String> winners = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Account>> outcomes = threads.invokeAll(attempts);
      for (int i = 0; i < outcomes.size(); i++) {
        try {
          outcomes.get(i).get();
          winners.add("password of " + i);
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(UsernameTaken.class);
        }
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(accounts.authenticate(name("contested"), winners.getFirst())).isPresent();
    assertThat(stores.session()
      .execute("SELECT username FROM users")
      .all()
      .stream()
      .filter(row -> "contested".equals(row.getString("username")))).hasSize(1);
  }

  @Test
  void takenName_keepsItsFirstPassword() {
    registration.register(wanted("first", "the first one", null));
    assertThatThrownBy(() -> alsoOnAnotherPod.register(wanted("First", "another one", null)))
      .isInstanceOf(UsernameTaken.class);
    assertThat(accounts.authenticate(name("first"), "the first one")).isPresent();
    assertThat(accounts.authenticate(name("first"), "another one")).isEmpty();
  }

  @Test
  void takenPhoneNumber_staysItsOwnersAndTellsNobody() {
    PhoneNumbers numbers = new PhoneNumbers(stores.cassandra());
    Account owner = registration.register(wanted("owner", "the owner's", "+15551234567"));
    Account prober = registration.register(wanted("prober", "the prober's", "+15551234567"));

    assertThat(numbers.owner("+15551234567")).contains(owner.userId());
    assertThat(numbers.of(owner.userId(), "owner")).contains("+15551234567");
    assertThat(numbers.of(prober.userId(), "prober")).contains("+15551234567");
  }
}
