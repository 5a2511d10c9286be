package dev.knatter.functions.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.delivery.Notifier;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.Outbox;
import dev.knatter.chat.message.Draft;
import dev.knatter.chat.message.MessageLog;
import dev.knatter.chat.message.Slices;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.store.Script;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class MessagesTest {
  @RegisterExtension
  static final RealStores realStores = RealStores.ofProduct();

  private static final Random random = new Random(5);
  private static Installation installation;
  private static Pod pod;
  private static Outbox outbox;
  private static MessageLog log;

  private final Identity ada = register("ada");
  private final Identity grace = register("grace");

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    installation = Installation.on(realStores, keys);
    pod = installation.start(MessagesEndpoints::endpoints);
    Stores stores = installation.stores();
    outbox = new Outbox(stores.cassandra(), new Inbox(stores.cassandra()), installation.ids(), random);
    log = new MessageLog(stores.cassandra(), stores.clock(), random,
        new Slices(stores.cassandra(), stores.clock()),
        outbox);
  }

  @AfterAll
  static void close() {
    pod.close();
    outbox.close();
    installation.close();
  }

  @AfterEach
  void restore() {
    realStores.cassandra().restore();
    realStores.redis().restore();
    installation.awaitStores(pod);
  }

  /** A user of this test alone. */
  private static Identity register(String name) {
    return installation.register(name + "-" + Long.toHexString(random.nextLong()));
  }

  private static void send(Identity from, Identity to, String content) {
    Conversation conversation = Conversation.direct(from.userId(), to.userId());
    log.append(new Draft(conversation, from.userId(), content, "text/plain", null, null),
        installation.ids().mint());
    new Notifier(installation.stores().redis()).conversationChanged(conversation.id(),
        conversation.members());
  }

  private static List<String> contents(Answer answer) {
    return answer.body()
      .path("messages")
      .valueStream()
      .map(message -> message.path("content").asString())
      .toList();
  }

  private static Answer get(Identity caller, String... query) {
    StringBuilder target = new StringBuilder("/v1/messages?");
    for (int i = 0; i < query.length; i += 2) {
      target.append(query[i])
        .append('=')
        .append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8))
        .append('&');
    }
    return pod.get(target.substring(0, target.length() - 1), "Authorization",
        installation.authorization(caller));
  }

  @Test
  void conversation_isSeenByBothNewestFirst() throws Exception {
    send(ada, grace, "one");
    send(grace, ada, "two");

    Answer page = get(ada, "with", grace.username());
    assertThat(page.status()).isEqualTo(200);
    assertThat(contents(page)).containsExactly("two", "one");
    assertThat(page.body().has("next")).isFalse();
    assertThat(page.text("serverTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    JsonNode newest = page.body().path("messages").get(0);
    assertThat(newest.path("sender").asString()).isEqualTo(grace.username());
    assertThat(newest.path("recipient").asString()).isEqualTo(ada.username());
    assertThat(newest.has("editedAt")).isFalse();

    assertThat(get(grace, "with", ada.username()).body().path("messages"))
      .isEqualTo(page.body().path("messages"));
    assertThat(contents(get(grace, "conversation", newest.path("conversationId").asString())))
      .containsExactly("two", "one");
    assertThat(contents(get(grace))).containsExactly("two", "one");
  }

  @Test
  void noteToOneself_isAConversationLikeAnyOther() throws Exception {
    send(ada, ada, "note");
    assertThat(contents(get(ada, "with", ada.username()))).containsExactly("note");
    assertThat(contents(get(ada))).containsExactly("note");
  }

  @Test
  void emptyConversation_canBePolledFromItsPreviousOn() throws Exception {
    Answer empty = get(ada, "with", grace.username());
    assertThat(contents(empty)).isEmpty();
    assertThat(empty.body().has("next")).isFalse();
    send(grace, ada, "one");
    Answer next = get(ada, "with", grace.username(), "after", empty.text("previous"));
    assertThat(contents(next)).containsExactly("one");
    send(grace, ada, "two");
    Answer last = get(ada, "with", grace.username(), "after", next.text("next"));
    assertThat(contents(last)).containsExactly("two");
    assertThat(contents(get(ada, "with", grace.username(), "after", last.text("next")))).isEmpty();
  }

  @Test
  void pages_bothWays_holdEverythingOnce() throws Exception {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      send(ada, grace, "m" + i);
      sent.add("m" + i);
    }
    List<String> down = new ArrayList<>();
    Answer first = get(grace, "with", ada.username(), "limit", "10");
    Answer page = first;
    while (true) {
      down.addAll(contents(page));
      if (!page.body().has("next")) {
        break;
      }
      page = get(grace, "with", ada.username(), "limit", "10", "before", page.text("next"));
    }
    assertThat(down).isEqualTo(sent.reversed());

    List<String> up = new ArrayList<>();
    do {
      page = get(grace, "with", ada.username(), "limit", "7", "after",
          page.body().has("next") ? page.text("next") : page.text("previous"));
      up.addAll(contents(page));
    } while (!contents(page).isEmpty());
    assertThat(up).isEqualTo(sent.subList(5, 25));
  }

  @Test
  void waiting_endsWithTheMessage() throws Exception {
    String cursor = get(ada).text("previous");
    CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> {
      try {
        return get(ada, "after", cursor, "wait", "25");
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
    await().until(() -> installation.stores()
      .redis()
      .eval(new Script("return redis.call('PUBSUB', 'NUMSUB', ARGV[1])"), List.of("any"),
          "bell:" + ada.userId())
      .orElseThrow()
      .getLast()
      .equals(1L));
    send(grace, ada, "now");
    assertThat(contents(waiting.get())).containsExactly("now");
  }

  @Test
  void waiting_withoutRedis_endsWithTheMessageToo() throws Exception {
    String cursor = get(ada).text("previous");
    realStores.redis().cut();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> waiting = threads.submit(() -> get(ada, "after", cursor, "wait", "25"));
      send(grace, ada, "now");
      assertThat(contents(waiting.get())).containsExactly("now");
    }
  }

  @Test
  void waiting_thatIsInVain_endsInTimeWithAnEmptyPage() throws Exception {
    String cursor = get(ada).text("previous");
    Answer nothing = get(ada, "after", cursor, "wait", "1");
    assertThat(nothing.status()).isEqualTo(200);
    assertThat(contents(nothing)).isEmpty();
    assertThat(nothing.text("next")).isNotEmpty();
    assertThat(nothing.body().has("previous")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"limit,0,/limit", "limit,101,/limit", "limit,-1,/limit", "limit,ten,/limit", "limit,'',/limit",
      "wait,26,/wait", "wait,-1,/wait", "wait,1.5,/wait", "conversation,1-1-1-1-1,/conversation",
      "conversation,'',/conversation", "before,'',/before", "after,'',/after", "before,forged,/before",
      "after,%%%,/after", "user,grace,/user", "sender,grace,/sender"})
  void invalidQuery_is400AndNamesWhere(String field, String value, String pointer) throws Exception {
    Answer answer = get(ada, field, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.pointer()).isEqualTo(pointer);
  }

  @Test
  void parametersThatExcludeEachOther_are400() throws Exception {
    String cursor = get(ada).text("previous");
    assertThat(get(ada, "with", "grace", "conversation", UUID.randomUUID().toString()).status())
      .isEqualTo(400);
    assertThat(get(ada, "before", cursor, "after", cursor).status()).isEqualTo(400);
  }

  @Test
  void cursorOfSomethingElse_is400() throws Exception {
    send(ada, grace, "one");
    send(ada, grace, "two");
    Answer page = get(ada, "with", grace.username(), "limit", "1");
    String up = page.text("previous");
    String down = page.text("next");

    assertThat(get(ada, "with", grace.username(), "after", up).status()).isEqualTo(200);
    assertThat(get(ada, "with", grace.username(), "before", down).status()).isEqualTo(200);
    assertThat(get(grace, "with", ada.username(), "after", up).status()).as("of another user").isEqualTo(400);
    assertThat(get(ada, "with", ada.username(), "after", up).status()).as("of another conversation")
      .isEqualTo(400);
    assertThat(get(ada, "after", up).status()).as("of a conversation, for the inbox").isEqualTo(400);
    assertThat(get(ada, "with", grace.username(), "before", up).status()).as("backwards").isEqualTo(400);
    assertThat(get(ada, "with", grace.username(), "after", down).status()).as("forwards").isEqualTo(400);
  }

  @Test
  void conversationOfOthers_is404() throws Exception {
    send(ada, grace, "secret");
    UUID foreign = Conversation.direct(ada.userId(), grace.userId()).id();
    Identity eve = register("eve");
    Answer answer = get(eve, "conversation", foreign.toString());
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:not-found");
    assertThat(get(eve, "conversation", UUID.randomUUID().toString()).body()).isEqualTo(answer.body());
    assertThat(get(eve, "with", "nobody").status()).isEqualTo(404);
  }

  @Test
  void newestPage_readByManyWhileItIsWrittenTo_isNeverOld() throws Exception {
    send(ada, grace, "first");
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 3; j++) {
        get(grace, "with", ada.username()); // so that it is worth keeping
      }
      send(ada, grace, "m" + i);
      assertThat(contents(get(grace, "with", ada.username(), "limit", "50"))).startsWith("m" + i);
    }
  }

  @Test
  void redisAway_answersAllTheSame() throws Exception {
    send(ada, grace, "one");
    realStores.redis().cut();
    assertThat(contents(get(ada, "with", grace.username()))).containsExactly("one");
    realStores.redis().restore();
    assertThat(contents(get(ada, "with", grace.username()))).containsExactly("one");
  }

  @Test
  void cassandraStalled_is503Soon() throws Exception {
    send(ada, grace, "one");
    realStores.cassandra().stall();
    assertThat(Answer.soon(() -> get(ada)).status()).isEqualTo(503);
    realStores.cassandra().restore();
    await().untilAsserted(() -> assertThat(contents(get(ada))).containsExactly("one"));
  }
}
