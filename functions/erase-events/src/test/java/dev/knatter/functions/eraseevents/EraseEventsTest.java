package dev.knatter.functions.eraseevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.OutsideAccounts;
import dev.knatter.chat.event.CommandType;
import dev.knatter.chat.publication.Publications;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.functions.testing.TestEvents;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideIdentity;
import dev.knatter.shared.token.OutsideSession;
import dev.knatter.testing.CapturedLog;
import dev.knatter.testing.Contents;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EraseEventsTest {
  @RegisterExtension
  static final RealStores realStores = RealStores.ofProduct();

  private static final String ISSUER = "https://id.example.com";

  private static Installation installation;
  private static Pod pod;

  private final String unique = UUID.randomUUID().toString().substring(0, 8);
  private final Identity ada = register("ada-" + unique);

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(realStores, keys);
    pod = installation.start(EraseEventsEndpoints::endpoints);
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  @AfterEach
  void restore() {
    realStores.cassandra().restore();
    installation.awaitStores(pod);
  }

  private static Identity register(String name) {
    return installation.register(name);
  }

  private static Answer erase(String source, String data) {
    return TestEvents.post(pod, source, CommandType.ERASE, UUID.randomUUID().toString(), data);
  }

  private static Answer erase(String data) {
    return erase(TestEvents.SOURCE, data);
  }

  private static String user(Identity who) {
    return "{\"user\":\"%s\"}".formatted(who.username());
  }

  private static String subject(String subject) {
    return "{\"issuer\":\"%s\",\"subject\":\"%s\"}".formatted(ISSUER, subject);
  }

  private static List<String> rows(String table, Object of) {
    return Contents.ofCassandra(realStores)
      .stream()
      .filter(line -> line.startsWith(table + ":") && line.contains(of.toString()))
      .toList();
  }

  private static boolean isThere(Identity who) {
    return !rows("users", who.userId()).isEmpty();
  }

  private Identity personFromOutside() {
    Stores stores = installation.stores();
    return new OutsideAccounts(stores.cassandra(), installation.ids(),
        ErasedNames.from(installation.env(), stores.cassandra()), Publications.NONE)
      .identity(new OutsideIdentity(ISSUER, unique,
          new OutsideSession(UUID.randomUUID(), UUID.randomUUID(), Instant.EPOCH), "out-" + unique, null));
  }

  /** Writes the rows that stay if a process stops between the two transactions of a person's first call. */
  private void bind(String subject, UUID user, String name) {
    realStores.session()
      .execute("INSERT INTO outside_identities (issuer, subject, user_id, username) VALUES (?, ?, ?, ?)",
          ISSUER,
          subject, user, name);
    realStores.session()
      .execute("INSERT INTO outside_identities_of_user (user_id, issuer, subject) VALUES (?, ?, ?)", user,
          ISSUER, subject);
  }

  @Test
  void userByName_isErased_onceHoweverOftenTheEventComes() {
    Answer answer = erase(user(ada).replace("ada", "Ada"));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.http().body()).isEmpty();
    assertThat(isThere(ada)).isFalse();
    List<String> order = rows("erasing", ada.userId());
    assertThat(order).hasSize(1);
    assertThat(erase(user(ada)).status()).isEqualTo(202);
    assertThat(erase("{\"userId\":\"%s\"}".formatted(ada.userId())).status()).isEqualTo(202);
    assertThat(rows("erasing", ada.userId())).isEqualTo(order);
  }

  @Test
  void userById_isErased() {
    assertThat(erase("{\"userId\":\"%s\"}".formatted(ada.userId())).status()).isEqualTo(202);
    assertThat(isThere(ada)).isFalse();
    assertThat(rows("erasing", ada.userId())).hasSize(1);
  }

  @Test
  void personOfAnIdentityProvider_isErased() {
    Identity person = personFromOutside();
    assertThat(erase(subject("another-" + unique)).status()).isEqualTo(202);
    assertThat(isThere(person)).isTrue();
    assertThat(erase(subject(unique)).status()).isEqualTo(202);
    assertThat(isThere(person)).isFalse();
    assertThat(rows("outside_identities", unique)).isEmpty();
    assertThat(erase(subject(unique)).status()).isEqualTo(202);
  }

  @Test
  void personWhoseAccountIsOnlyBeingMade_isErased_andNobodyWhoGotTheNameIs() {
    UUID made = installation.ids().mint();
    bind("made-" + unique, made, "made-" + unique);
    assertThat(erase(subject("made-" + unique)).status()).isEqualTo(202);
    assertThat(rows("outside_identities", made)).isEmpty();
    assertThat(rows("erasing", made)).hasSize(1);

    UUID late = installation.ids().mint();
    bind("late-" + unique, late, ada.username());
    assertThat(erase(subject("late-" + unique)).status()).isEqualTo(202);
    assertThat(isThere(ada)).isTrue();
    assertThat(rows("erasing", ada.userId())).isEmpty();
  }

  /** The name no longer leads to the user, and the product still continues an erasure that stopped half way. */
  @Test
  void erasureThatStoppedHalfWay_isContinuedByTheNextEvent() {
    assertThat(erase(user(ada)).status()).isEqualTo(202);
    realStores.session()
      .execute("INSERT INTO users (user_id, username) VALUES (?, ?)", ada.userId(), ada.username());
    assertThat(erase(user(ada)).status()).isEqualTo(202);
    assertThat(isThere(ada)).isFalse();
    assertThat(rows("erasing", ada.userId())).hasSize(1);
  }

  @Test
  void nobody_isDone_andLoggedWithoutAName() {
    try (CapturedLog log = new CapturedLog()) {
      assertThat(erase("{\"user\":\"nobody-%s\"}".formatted(unique)).status()).isEqualTo(202);
      assertThat(erase("{\"userId\":\"%s\"}".formatted(UUID.randomUUID())).status()).isEqualTo(202);
      assertThat(log.lines("There is nobody to erase")).hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("/test").doesNotContain("nobody-"));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{}", "[]", "{'user':null}", "{'user':7}",
      "{'user':'no name'}", "{'userId':'7'}", "{'issuer':'https://id.example.com'}", "{'subject':'7'}",
      "{'user':'ada','userId':'5e0a9c4e-1f0b-8d3a-9b7c-2d4e6f8091a2'}",
      "{'user':'ada','issuer':'https://id.example.com','subject':'7'}", "{'user':'ada','password':'x'}"})
  void dataThatNameNobody_areRefused(String data) {
    assertThat(erase(data.replace('\'', '"')).status()).isEqualTo(400);
  }

  @Test
  void userForWhomTheSourceMayNotSpeak_stays() {
    assertThat(erase(TestEvents.LIMITED, user(ada)).status()).isEqualTo(400);
    assertThat(erase(TestEvents.LIMITED, "{\"userId\":\"%s\"}".formatted(ada.userId())).status())
      .isEqualTo(400);
    assertThat(TestEvents.post(pod, TestEvents.SOURCE, CommandType.SEND, unique, user(ada)).status())
      .isEqualTo(400);
    assertThat(TestEvents.post(pod, TestEvents.signed(TestEvents.SOURCE, CommandType.ERASE, unique,
        "{\"user\":\"eve\"}"), user(ada))
      .status()).isEqualTo(400);
    assertThat(isThere(ada)).isTrue();

    Identity bot = installation.register(TestEvents.BOT);
    assertThat(erase(TestEvents.LIMITED, user(bot)).status()).isEqualTo(202);
    assertThat(isThere(bot)).isFalse();
  }

  @Test
  void withoutCassandra_isTriedAgain() {
    realStores.cassandra().cut();
    assertThat(Answer.soon(() -> erase(user(ada))).status()).isEqualTo(503);
    realStores.cassandra().restore();
    await().until(() -> erase(user(ada)).status() == 202);
    assertThat(isThere(ada)).isFalse();
  }
}
