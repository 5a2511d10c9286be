package dev.knatter.functions.sendevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.account.ErasedNames;
import dev.knatter.chat.account.Username;
import dev.knatter.chat.erasure.TrustedErasures;
import dev.knatter.chat.event.CommandType;
import dev.knatter.chat.limit.UserInvalidations;
import dev.knatter.chat.publication.Publications;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.functions.testing.TestEvents;
import dev.knatter.functions.testing.TestGroups;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.CapturedLog;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SendEventsTest {
  @RegisterExtension
  static final RealStores realStores = RealStores.ofProduct();

  private static Installation installation;
  private static Pod pod;
  private static Pod other;
  private static Identity bot;
  private static Identity ada;
  private static Identity eve;

  private final String id = UUID.randomUUID().toString();

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(realStores, keys);
    pod = installation.start(SendEventsEndpoints::endpoints);
    other = installation.start(SendEventsEndpoints::endpoints);
    bot = installation.register(TestEvents.BOT);
    ada = installation.register("ada");
    eve = installation.register("eve");
    Stores stores = installation.stores();
    new Blocks(stores.cassandra(), new UserInvalidations(stores.redis())).block(ada, eve.userId());
  }

  @AfterAll
  static void close() {
    pod.close();
    other.close();
    installation.close();
  }

  @AfterEach
  void restore() {
    realStores.cassandra().restore();
    installation.awaitStores(pod, other);
  }

  private static String data(String from, String to, String content) {
    return "{\"from\": \"%s\", \"to\": \"%s\", \"content\": \"%s\"}".formatted(from, to, content);
  }

  private Answer send(Pod at, String source, String data) {
    return TestEvents.post(at, source, CommandType.SEND, id, data);
  }

  /** Returns the stored messages with this content. */
  private static List<Row> stored(String content) {
    return realStores.session()
      .execute("SELECT id, sender, conversation_id, content_type, content FROM timeline")
      .all()
      .stream()
      .filter(row -> content.equals(row.getString("content")))
      .toList();
  }

  private static List<UUID> inbox(Identity user) {
    return realStores.session()
      .execute("SELECT user_id, id FROM inbox")
      .all()
      .stream()
      .filter(row -> user.userId().equals(row.getUuid("user_id")))
      .map(row -> row.getUuid("id"))
      .toList();
  }

  /** That Ada has blocked Eve does not matter there. */
  @Test
  void eventForAGroup_isAMessageInTheInboxesOfItsMembers_ifItsSenderIsOne() {
    UUID group = TestGroups.create(installation, ada, List.of(eve.userId()));
    String toGroup = "{\"from\": \"%s\", \"conversationId\": \"" + group + "\", \"content\": \"%s\"}";
    assertThat(send(pod, TestEvents.SOURCE, toGroup.formatted("eve", "to all of us")).status())
      .isEqualTo(202);
    assertThat(send(other, TestEvents.SOURCE, toGroup.formatted("eve", "to all of us")).status())
      .isEqualTo(202);
    Row message = stored("to all of us").getFirst();
    assertThat(stored("to all of us")).hasSize(1);
    assertThat(inbox(ada)).contains(message.getUuid("id"));
    assertThat(inbox(eve)).contains(message.getUuid("id"));
    assertThat(TestEvents.post(pod, TestEvents.SOURCE, CommandType.SEND, id + "-bot",
        toGroup.formatted(TestEvents.BOT, "from outside"))
      .status()).isEqualTo(400);
    assertThat(stored("from outside")).isEmpty();
  }

  @Test
  void event_isAMessageOfItsSenderInTheInboxOfItsRecipient() {
    Answer answer = send(pod, TestEvents.LIMITED, data(TestEvents.BOT, "Ada", "order 1 👋"));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.http().body()).isEmpty();
    assertThat(answer.http().headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));
    assertThat(stored("order 1 👋")).singleElement().satisfies(row -> {
      assertThat(row.getUuid("sender")).isEqualTo(bot.userId());
      assertThat(row.getString("content_type")).isEqualTo("text/plain");
      assertThat(inbox(ada)).contains(row.getUuid("id"));
    });
  }

  @Test
  void event_inAConversation_isAReplyThere() {
    assertThat(send(pod, TestEvents.SOURCE, data("ada", TestEvents.BOT, "where is it?")).status())
      .isEqualTo(202);
    Row question = stored("where is it?").getFirst();
    String reply = """
        {"from": "%s", "conversationId": "%s", "content": "here", "contentType": "text/markdown", "replyTo": "%s"}"""
      .formatted(TestEvents.BOT, question.getUuid("conversation_id"), question.getUuid("id"));
    assertThat(TestEvents.post(pod, TestEvents.SOURCE, CommandType.SEND, "reply", reply).status())
      .isEqualTo(202);
    assertThat(stored("here")).singleElement()
      .satisfies(row -> assertThat(row.getString("content_type")).isEqualTo("text/markdown"));
  }

  @Test
  void event_manyTimesAtOnce_isOneMessage() throws Exception {
    String data = data(TestEvents.BOT, "ada", "order 2");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> here = () -> send(pod, TestEvents.SOURCE, data).status();
      Callable<Integer> there = () -> send(other, TestEvents.SOURCE, data).status();
      for (var answer : threads.invokeAll(Collections.nCopies(5, here))) {
        assertThat(answer.get()).isIn(202, 503);
      }
      for (var answer : threads.invokeAll(Collections.nCopies(5, there))) {
        assertThat(answer.get()).isIn(202, 503);
      }
    }
    assertThat(send(pod, TestEvents.SOURCE, data).status()).isEqualTo(202);
    assertThat(stored("order 2")).hasSize(1);
  }

  @Test
  void sameIdWithAnotherBodyOrSender_isRefused_andOfAnotherSourceIsAnotherEvent() {
    String data = data(TestEvents.BOT, "ada", "order 3");
    assertThat(send(pod, TestEvents.SOURCE, data).status()).isEqualTo(202);
    assertThat(send(other, TestEvents.SOURCE, data(TestEvents.BOT, "ada", "order 4")).status())
      .isEqualTo(400);
    assertThat(send(other, TestEvents.SOURCE, data(TestEvents.BOT, "eve", "order 3")).status())
      .isEqualTo(400);
    assertThat(send(other, TestEvents.SOURCE, data("ada", "ada", "order 3")).status()).isEqualTo(400);
    assertThat(stored("order 3")).hasSize(1);
    assertThat(stored("order 4")).isEmpty();

    assertThat(send(other, TestEvents.LIMITED, data).status()).isEqualTo(202);
    assertThat(stored("order 3")).hasSize(2);
  }

  @Test
  void structuredEvent_whoseDataWereWrittenAnew_isTheSame() {
    String data = "{\"to\":\"ada\",\"from\":\"limited-bot\",\"content\":\"\\u006frder 5\"}";
    StringBuilder event = new StringBuilder(
        "{\"data\": {\"content\": \"order 5\", \"from\": \"limited-bot\",\"to\": \"ada\"}");
    TestEvents.signed(TestEvents.SOURCE, CommandType.SEND, id, data)
      .forEach((name, value) -> event.append(", \"%s\": \"%s\"".formatted(name, value)));
    assertThat(pod.send("POST", "/", event.append('}').toString(), "Content-Type",
        "application/cloudevents+json; charset=utf-8")
      .status()).isEqualTo(202);
    assertThat(send(pod, TestEvents.SOURCE, data).status()).isEqualTo(202);
    assertThat(stored("order 5")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{'from':'ada','to':'nobody','content':'secret'}|There is no such user.",
      "{'from':'nobody','to':'ada','content':'secret'}|/from is no user's name",
      "{'from':'eve','to':'ada','content':'secret'}|The recipient has blocked the sender.",
      "{'from':'eve','conversationId':'5e0a9c4e-1f0b-8d3a-9b7c-2d4e6f8091a2','content':'secret'}|There is no such conversation.",
      "{'from':'ada','to':'eve','conversationId':'5e0a9c4e-1f0b-8d3a-9b7c-2d4e6f8091a2','content':'secret'}|/conversationId must not be given together with to",
      "{'from':'ada','conversationId':'secret','content':'secret'}|/conversationId must be a UUID",
      "{'to':'ada','content':'secret'}|/from is required",
      "{'from':'a secret','to':'ada','content':'secret'}|/from must be 3 to 32",
      "{'from':'ada','content':'secret'}|/to to or conversationId is required",
      "{'from':'ada','to':'eve','content':''}|/content must be 1 to 16384 bytes",
      "{'from':'ada','to':'eve'}|/content is required",
      "{'from':'ada','to':'eve','content':7}|/data has a member that must be a string",
      "{'from':'ada','to':'eve','content':'secret','secret':true}|/data has a member that is an unknown field",
      "{'from':'ada','to':'eve','content':'secret','clientId':'x'}|/data has a member that is an unknown field",
      "[]|/data has a member that must be a JSON object"})
  void dataThatCannotBeSent_areRefusedForGood(String text, String why) {
    String data = text.replace('\'', '"');
    try (CapturedLog log = new CapturedLog();
        Pod fresh = installation.start(SendEventsEndpoints::endpoints)) {
      assertThat(send(fresh, TestEvents.SOURCE, data).status()).isEqualTo(400);
      assertThat(log.lines("An event of")).singleElement()
        .asString()
        .contains(" WARN ", "An event of the source /test was refused: " + why)
        .doesNotContain("secret", "5e0a9c4e");
    }
    assertThat(stored("secret")).isEmpty();
  }

  @Test
  void userForWhomTheSourceMayNotSpeak_isNotItsSender() {
    assertThat(send(pod, TestEvents.LIMITED, data("ada", TestEvents.BOT, "hello")).status()).isEqualTo(400);
    assertThat(stored("hello")).isEmpty();
  }

  @Test
  void forgedEvent_isRefused() {
    String data = data(TestEvents.BOT, "ada", "forged");
    Map<String, String> good = TestEvents.signed(TestEvents.SOURCE, CommandType.SEND, id, data);
    Map<String, String> attributes = new HashMap<>(good);
    attributes.put("source", TestEvents.LIMITED);
    assertThat(TestEvents.post(pod, attributes, data).status()).isEqualTo(400);
    attributes.remove("knattersignature");
    assertThat(TestEvents.post(pod, attributes, data).status()).isEqualTo(400);
    assertThat(TestEvents.post(pod, good, data.replace("ada", "eve")).status()).isEqualTo(400);
    assertThat(TestEvents.post(pod, TestEvents.SOURCE, CommandType.ERASE, id, "{\"user\":\"ada\"}").status())
      .isEqualTo(400);
    assertThat(pod.post("/v1/send", data).status()).isEqualTo(404);
    assertThat(stored("forged")).isEmpty();
  }

  @Test
  void erasedSender_isNobody() {
    Identity gone = installation.register("gone");
    assertThat(send(pod, TestEvents.SOURCE, data("gone", "ada", "while there")).status()).isEqualTo(202);
    Stores stores = installation.stores();
    TrustedErasures erasures = new TrustedErasures(stores.cassandra(), stores.redis(), stores.clock(),
        ErasedNames.from(installation.env(), stores.cassandra()), Publications.NONE);
    erasures.begin(erasures.find(new Username(gone.username())).orElseThrow());
    assertThat(
        TestEvents.post(pod, TestEvents.SOURCE, CommandType.SEND, "later", data("gone", "ada", "a ghost"))
          .status())
      .isEqualTo(400);
    assertThat(stored("a ghost")).isEmpty();
  }

  @Test
  void withoutCassandra_isTriedAgain() {
    String data = data(TestEvents.BOT, "ada", "order 6");
    realStores.cassandra().cut();
    assertThat(Answer.soon(() -> send(pod, TestEvents.SOURCE, data)).status()).isEqualTo(503);
    realStores.cassandra().restore();
    await().until(() -> send(pod, TestEvents.SOURCE, data).status() == 202);
    assertThat(stored("order 6")).hasSize(1);
  }
}
