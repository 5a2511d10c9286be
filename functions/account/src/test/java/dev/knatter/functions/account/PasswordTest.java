package dev.knatter.functions.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.knatter.chat.account.Passwords;
import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.PasswordThrottle;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.store.Script;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How somebody gets another password. */
final class PasswordTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Network HOME = new Network("192.0.2.1");
  private static final String OLD = Installation.PASSWORD;
  private static final String NEW = "battery staple 🔑";
  private static final Random random = new Random(8);
  private static Installation installation;
  private static Pod pod;
  private static Pod other;

  private final Identity ada = register();

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(stores, keys);
    pod = installation.start(AccountEndpoints::endpoints);
    other = installation.start(AccountEndpoints::endpoints);
  }

  @BeforeEach
  void awaitStores() {
    installation.awaitStores(pod, other);
  }

  @AfterAll
  static void close() {
    pod.close();
    other.close();
    installation.close();
  }

  /** A user of this test alone. */
  private static Identity register() {
    return installation.register("ada-" + Long.toHexString(random.nextLong()));
  }

  private Answer change(Pod at, String current, String wanted) {
    return change(at, Map.of("current", current, "new", wanted));
  }

  private Answer change(Pod at, Object body) {
    return at.send("PUT", "/v1/me/password", body, "Authorization", installation.authorization(ada));
  }

  private boolean isPassword(String password) {
    var row = stores.session()
      .execute("SELECT password_hash FROM accounts WHERE username = ?", ada.username())
      .one();
    return row != null && new Passwords(1).verify(password, row.getString("password_hash"));
  }

  private void openSession(UUID session) {
    stores.session()
      .execute("INSERT INTO sessions (user_id, session_id, generation) VALUES (?, ?, 1)", ada.userId(),
          session);
  }

  private List<UUID> sessions() {
    return stores.session()
      .execute("SELECT session_id FROM sessions WHERE user_id = ?", ada.userId())
      .all()
      .stream()
      .map(row -> row.getUuid("session_id"))
      .toList();
  }

  @Test
  void password_isAnotherAndOtherSessionsHaveEnded() {
    openSession(ada.sessionId());
    openSession(UUID.randomUUID());
    openSession(UUID.randomUUID());

    assertThat(change(pod, OLD, NEW).status()).isEqualTo(204);
    assertThat(isPassword(NEW)).isTrue();
    assertThat(isPassword(OLD)).isFalse();
    assertThat(sessions()).containsExactly(ada.sessionId());
  }

  @Test
  void changeWhoseAnswerWasLost_canBeRepeated() {
    assertThat(change(pod, OLD, NEW).status()).isEqualTo(204);
    openSession(UUID.randomUUID());
    assertThat(change(other, OLD, NEW).status()).isEqualTo(204);
    assertThat(sessions()).isEmpty();
    assertThat(isPassword(NEW)).isTrue();
  }

  @Test
  void wrongPassword_is403AndNothingChanges() {
    openSession(UUID.randomUUID());
    Answer answer = change(pod, "wrong password", NEW);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:forbidden");
    assertThat(isPassword(OLD)).isTrue();
    assertThat(sessions()).hasSize(1);
  }

  @Test
  void twoChangesAtOnce_areOneAndItsPasswordWorks() throws Exception {
    List<String> wanted = List.of("password one", "password two");
    List<Callable<Integer>> attempts = Stream.of(0, 1)
      .<Callable<Integer>>map(i -> () -> decided(i == 0 ? pod : other, wanted.get(i)))
      .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses = threads.invokeAll(attempts).stream().map(Future::resultNow).toList();
      assertThat(statuses).containsExactlyInAnyOrder(204, 403);
      assertThat(isPassword(wanted.get(statuses.indexOf(204)))).isTrue();
    }
  }

  /** Whoever is told that it might work later, as two hashes on a busy machine may be, tries again. */
  private int decided(Pod at, String wanted) {
    int status;
    do {
      status = change(at, OLD, wanted).status();
    } while (status == 503);
    return status;
  }

  @Test
  void eitherPassword_isAGuess() {
    for (int i = 0; i < 5; i++) {
      assertThat(change(pod, "a wrong guess", "another guess").status()).isEqualTo(403);
    }
    assertThat(installation.stores()
      .redis()
      .eval(new Script("return {redis.call('HINCRBY', KEYS[1], 'failures', 0)}"), List.of(counter())))
      .contains(List.of(10L));
  }

  @Test
  void wrongPasswords_waitAsLoginsDoAndWithThem() {
    failedBefore(60);
    Answer guessed = change(pod, "a wrong guess", "another guess");
    Answer refused = change(other, OLD, NEW);

    assertThat(guessed.status()).isEqualTo(429);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("RateLimit")).hasValueSatisfying(
        value -> assertThat(value).startsWith("\"password\";r=0;t="));
    assertThat(refused.http().headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(50L, 60L);
    assertThatThrownBy(() -> login(null)).isInstanceOf(RateLimited.class);
    assertThat(isPassword(OLD)).isTrue();
  }

  @Test
  void ownerWhoLoggedInFromThere_isNotKeptOutByOthersGuesses() {
    assertThat(login(HOME)).isPresent();
    failedBefore(60);
    assertThat(changeFrom("198.51.100.1", "a wrong guess", "another guess").status()).isEqualTo(429);

    assertThat(changeFrom("198.51.100.1", OLD, NEW).status()).isEqualTo(429);
    assertThat(changeFrom(HOME.text(), OLD, NEW).status()).isEqualTo(204);
    assertThat(isPassword(NEW)).isTrue();
  }

  private Answer changeFrom(String address, String current, String wanted) {
    return pod.send("PUT", "/v1/me/password", Map.of("current", current, "new", wanted), "Authorization",
        installation.authorization(ada), "X-Forwarded-For", address + ", 10.1.2.3");
  }

  /** A login with the right password, as far as it is counted. */
  private Optional<String> login(@Nullable Network from) {
    return new PasswordThrottle(installation.stores().redis(), RateLimit.LOGIN).attempt(ada.username(), from,
        () -> Optional.of("right"));
  }

  /** As if so many had failed, and the wait for it had ended. */
  private void failedBefore(int failures) {
    installation.stores()
      .redis()
      .eval(new Script("return {redis.call('HSET', KEYS[1], 'failures', ARGV[1])}"), List.of(counter()),
          failures);
  }

  private String counter() {
    return "knatter:{" + ada.username() + "}:guesses";
  }

  @Test
  void username_cannotBeThePassword() {
    Answer answer = change(pod, OLD, ada.username().toUpperCase(Locale.ROOT));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/new");
    assertThat(isPassword(OLD)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', delimiter = '|', value = {"{}|/current",
      "{\"current\":\"correct horse\"}|/new", "{\"new\":\"correct horse\"}|/current",
      "{\"current\":\"correct horse\",\"new\":\"short7!\"}|/new",
      "{\"current\":\"correct horse\",\"new\":null}|/new",
      "{\"current\":\"correct horse\",\"new\":12345678}|/new",
      "{\"current\":\"correct horse\",\"new\":\"1234567\\ud800\"}|/new",
      "{\"current\":\"correct horse\",\"wanted\":\"correct horse\"}|/wanted"})
  void bodyThatIsNone_is400AndNamesWhere(String body, String pointer) {
    Answer answer = change(pod, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.pointer()).isEqualTo(pointer);
    assertThat(isPassword(OLD)).isTrue();
  }

  @Test
  void stranger_is401() {
    assertThat(pod.send("PUT", "/v1/me/password", Map.of("current", OLD, "new", NEW)).status())
      .isEqualTo(401);
  }
}
