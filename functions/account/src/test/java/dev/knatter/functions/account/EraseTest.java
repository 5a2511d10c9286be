package dev.knatter.functions.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.knatter.chat.account.Device;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.Contents;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How somebody has himself erased, as far as this function does it. */
final class EraseTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final Random random = new Random(9);
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

  private Answer erase(Pod at, Object body) {
    return at.post("/v1/me/erase", body, "Authorization", installation.authorization(ada));
  }

  private Answer erase() {
    return erase(pod, Map.of("password", Installation.PASSWORD));
  }

  private boolean isThere() {
    return stores.session().execute("SELECT * FROM users WHERE user_id = ?", ada.userId()).one() != null;
  }

  private static List<String> rows(String table, UUID user) {
    return Contents.ofCassandra(stores)
      .stream()
      .filter(line -> line.startsWith(table + ":") && line.contains(user.toString()))
      .toList();
  }

  @Test
  void erasure_isAcceptedAndItsReportIsAtItsLocation() {
    UUID session = installation.login(ada, Device.UNKNOWN).identity().sessionId();
    Answer answer = erase();

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().path("erased").path("sessions").asInt()).isOne();
    assertThat(isThere()).isFalse();
    assertThat(rows("sessions", ada.userId())).isEmpty();
    assertThat(rows("revocations", session)).isNotEmpty();
    String location = answer.header("Location").orElseThrow();
    assertThat(location).isEqualTo("/v1/erasures/" + answer.text("erasureId"));
    Answer report = other.get(location);
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.body()).isEqualTo(answer.body());
  }

  /** Also a token of a session that nobody knew of: of the outside issuer, or one that was being opened just then. */
  @Test
  void token_isRefusedEverywhereWhateverItsSession() {
    assertThat(erase().status()).isEqualTo(202);
    Identity elsewhere = new Identity(ada.userId(), ada.username(), UUID.randomUUID());
    for (Identity who : List.of(ada, elsewhere)) {
      await()
        .until(() -> other.get("/v1/me", "Authorization", installation.authorization(who)).status() == 401);
    }
  }

  @Test
  void ordersAtOnce_areOneErasure() throws Exception {
    List<Callable<Answer>> attempts = Stream.of(pod, other, pod, other)
      .<Callable<Answer>>map(at -> () -> erase(at, Map.of("password", Installation.PASSWORD)))
      .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Answer> answers = threads.invokeAll(attempts).stream().map(Future::resultNow).toList();
      // One that comes when everything is done already may find its session ended.
      assertThat(answers).extracting(Answer::status).contains(202).isSubsetOf(202, 401);
      assertThat(answers.stream()
        .filter(answer -> answer.status() == 202)
        .map(each -> each.text("erasureId"))
        .distinct()).hasSize(1);
      assertThat(rows("erasing", ada.userId())).hasSize(1);
    }
  }

  @Test
  void wrongPassword_is403AndNothingChanges() {
    Answer answer = erase(pod, Map.of("password", "wrong password"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:forbidden");
    assertThat(isThere()).isTrue();
    assertThat(rows("erasing", ada.userId())).isEmpty();
  }

  @Test
  void wrongPasswords_waitAsAtLogin() {
    assertThat(Stream.generate(() -> erase(pod, Map.of("password", "wrong password")).status())
      .limit(20)
      .filter(status -> status != 403)
      .findFirst()).contains(429);
    assertThat(erase().status()).isEqualTo(429);
    assertThat(isThere()).isTrue();
  }

  @Test
  void withoutCassandra_is503AndCanBeRepeated() {
    stores.cassandra().cut();
    Answer refused = erase();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text("type")).isEqualTo("urn:knatter:problem:unavailable");
    assertThat(refused.text("erasureId")).isEmpty();
    assertThat(isThere()).isTrue();

    stores.cassandra().restore();
    installation.awaitStores(pod, other);
    assertThat(erase().status()).isEqualTo(202);
  }

  @Test
  void withoutRedis_goesOn() {
    stores.redis().cut();
    assertThat(erase().status()).isEqualTo(202);
    stores.redis().restore();
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '`', delimiter = '|', value = {"{}|/password", "{\"password\":null}|/password",
      "{\"password\":\"short7!\"}|/password", "{\"password\":12345678}|/password",
      "{\"password\":\"1234567\\ud800\"}|/password", "{\"password\":[\"correct horse\"]}|/password",
      "{\"password\":\"correct horse\",\"everything\":true}|/everything", "[]|``", "null|``", "{|``"})
  void bodyThatIsNone_is400AndNamesWhere(String body, String pointer) {
    Answer answer = erase(pod, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.pointer()).isEqualTo(pointer);
    assertThat(isThere()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 400", "00000000-0000-0000-0000-00000000000g, 400",
      "00000000-0000-4000-8000-000000000000, 404"})
  void reportOfNoErasure_isNone(String id, int status) {
    assertThat(pod.get("/v1/erasures/" + id).status()).isEqualTo(status);
  }

  @Test
  void stranger_is401() {
    assertThat(pod.post("/v1/me/erase", Map.of("password", Installation.PASSWORD)).status()).isEqualTo(401);
  }
}
