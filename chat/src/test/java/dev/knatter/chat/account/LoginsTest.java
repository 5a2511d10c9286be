package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.cql.Row;
import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.knatter.chat.MigratedStores;
import dev.knatter.chat.account.Device.PublicKey;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.KeyFiles;
import dev.knatter.shared.token.Revoker;
import dev.knatter.shared.token.TokenIssuer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that are opened while their password is being changed. */
final class LoginsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private static final String OLD = "analytical engine";
  private static final String NEW = "difference engine";
  private static final Random random = new Random(12);
  private static Pod pod;
  private static Pod other;

  private final Account ada = register();
  private final Identity adaHerself = new Identity(ada.userId(), ada.username().value(), UUID.randomUUID());

  /** What a process has of all that plays a part. */
  private static final class Pod {
    private final Cassandra cassandra;
    private final Uuid7 ids;
    private final Passwords passwords = new Passwords(2);
    private final Registration registration;
    private final Accounts accounts;
    private final Logins logins;
    private final SessionRenewal renewals;
    private final PasswordChange change;

    Pod(Env env, int number) {
      Clock clock = Clock.systemUTC();
      cassandra = stores.cassandra(number);
      ids = new Uuid7(clock, new Random(number));
      registration = new Registration(cassandra, clock, ids, passwords,
          new ErasedNames(new byte[32], cassandra));
      accounts = new Accounts(cassandra, passwords);
      logins = new Logins(cassandra, ids, TokenIssuer.from(env, clock), accounts);
      Sessions sessions = new Sessions(cassandra, new Revoker(cassandra, ids));
      renewals = new SessionRenewal(cassandra, clock, TokenIssuer.from(env, clock), sessions,
          new Usernames(cassandra));
      change = new PasswordChange(cassandra, passwords,
          new PasswordThrottle(stores.redis(number), RateLimit.PASSWORD), sessions);
    }
  }

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    KeyFiles.write(keys);
    Map<String, String> variables = new HashMap<>(stores.env());
    variables.put("KNATTER_SIGNING_KEY_FILE", keys.resolve("signing-key.json").toString());
    Env env = Env.of(variables);
    pod = new Pod(env, 1);
    other = new Pod(env, 2);
  }

  /** A user of this test alone. */
  private static Account register() {
    return pod.registration
      .register(NewAccount.checked("ada-" + Long.toHexString(random.nextLong()), OLD, null, null));
  }

  private PasswordProof proof(String password) {
    return pod.accounts.authenticate(ada.username(), password).orElseThrow();
  }

  private static Device device(int number) {
    return new Device(null, null, new PublicKey("key-" + number, "X25519", "AAAA"));
  }

  private List<UUID> sessions() {
    return stores.session()
      .execute("SELECT session_id FROM sessions WHERE user_id = ?", ada.userId())
      .map(row -> row.getUuid("session_id"))
      .all();
  }

  private List<Row> keys() {
    return stores.session()
      .execute("SELECT key_id FROM public_keys WHERE user_id = ? AND key_id > ''", ada.userId())
      .all();
  }

  private void storeHash(String password, int kibibytes) {
    String hash = Password.hash(password)
      .addRandomSalt(16)
      .with(Argon2Function.getInstance(kibibytes, 2, 1, 32, Argon2.ID))
      .getResult();
    stores.session()
      .execute("UPDATE accounts SET password_hash = ? WHERE username = ? IF EXISTS", hash,
          ada.username().value());
  }

  @Test
  void passwordChangedBetweenTheCheckAndTheSession_opensNoneAndChangesNoKey() {
    PasswordProof proof = proof(OLD);
    other.change.change(adaHerself, null, OLD, NEW);

    assertThat(pod.logins.open(proof, device(1))).isEmpty();
    assertThat(sessions()).isEmpty();
    assertThat(keys()).isEmpty();
    assertThat(pod.logins.open(proof(NEW), device(1))).isPresent();
  }

  @Test
  void sessionOpenedBeforeTheChange_isEndedByIt() {
    Login login = pod.logins.open(proof(OLD), Device.UNKNOWN).orElseThrow();
    Login renewed = other.renewals.renew(login.refreshToken());
    other.change.change(adaHerself, null, OLD, NEW);

    assertThat(sessions()).isEmpty();
    assertThatThrownBy(() -> pod.renewals.renew(renewed.refreshToken()))
      .isInstanceOf(Unauthenticated.class);
  }

  @Test
  void hashRaisedByAnotherLoginMeanwhile_keepsNobodyOut() {
    storeHash(OLD, 4_096);
    PasswordProof proof = new PasswordProof(ada, OLD, hash());
    assertThat(other.accounts.authenticate(ada.username(), OLD)).isPresent();

    assertThat(hash()).isNotEqualTo(proof.hash());
    assertThat(pod.logins.open(proof, Device.UNKNOWN)).isPresent();
  }

  @Test
  void login_hashesOnceAndWhereItRaisesTheHashTwice() {
    long before = pod.passwords.hashCount();
    assertThat(pod.logins.open(proof(OLD), Device.UNKNOWN)).isPresent();
    assertThat(pod.passwords.hashCount()).isEqualTo(before + 1);

    storeHash(OLD, 4_096);
    assertThat(pod.logins.open(proof(OLD), Device.UNKNOWN)).isPresent();
    assertThat(pod.passwords.hashCount()).isEqualTo(before + 3);
  }

  @Test
  void accountThatIsGoneOrSomebodyElsesByNow_opensNone() {
    PasswordProof proof = proof(OLD);
    PasswordProof anothers = new PasswordProof(new Account(pod.ids.mint(), ada.username(), ada.createdAt()),
        OLD,
        proof.hash());
    assertThat(pod.logins.open(anothers, Device.UNKNOWN)).isEmpty();
    stores.session().execute("DELETE FROM accounts WHERE username = ? IF EXISTS", ada.username().value());

    assertThat(pod.logins.open(proof, Device.UNKNOWN)).isEmpty();
    assertThat(sessions()).isEmpty();
  }

  @Test
  void eleventhKey_leavesNoSession() {
    PasswordProof proof = proof(OLD);
    PublicKeys keys = new PublicKeys(pod.cassandra);
    IntStream.range(0, PublicKeys.MAX)
      .forEach(i -> keys.put(ada.userId(), new DeviceKey("key-" + i, "X25519", "AAAA", null)));

    assertThatThrownBy(() -> pod.logins.open(proof, device(PublicKeys.MAX))).isInstanceOf(Forbidden.class);
    assertThat(sessions()).isEmpty();
    assertThat(pod.logins.open(proof, device(0))).isPresent();
  }

  /** Each opens one after the other, from before the change until he is refused, so sessions begin at all its moments. */
  @RepeatedTest(5)
  void sessionsOpenedThroughoutTheChange_areEndedOrRefused() throws Exception {
    PasswordProof proof = proof(OLD);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> openers = new ArrayList<>();
      for (Pod opener : List.of(pod, other, pod)) {
        openers.add(threads.submit(() -> openUntilRefused(opener, proof)));
      }
      changed();
      for (Future<?> opener : openers) {
        opener.get();
      }
    }
    assertThat(sessions()).isEmpty();
  }

  private static void openUntilRefused(Pod opener, PasswordProof proof) {
    boolean open = true;
    while (open) {
      open = opener.logins.open(proof, Device.UNKNOWN).isPresent();
    }
  }

  /** Repeated while the sessions change too fast, as its caller would. */
  private void changed() {
    await().ignoreExceptionsInstanceOf(Unavailable.class)
      .untilAsserted(
          () -> other.change.change(adaHerself, null, OLD, NEW));
  }

  private String hash() {
    Row row = stores.session()
      .execute("SELECT password_hash FROM accounts WHERE username = ?", ada.username().value())
      .one();
    return String.valueOf(row == null ? null : row.getString("password_hash"));
  }
}
