package dev.knatter.functions.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.ServerOptions;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.account.Accounts;
import dev.knatter.core.account.NewAccount;
import dev.knatter.core.account.Passwords;
import dev.knatter.core.conversation.Conversation;
import dev.knatter.core.delivery.Inbox;
import dev.knatter.core.delivery.Outbox;
import dev.knatter.core.message.Draft;
import dev.knatter.core.message.MessageLog;
import dev.knatter.core.message.Slices;
import dev.knatter.core.page.News;
import dev.knatter.core.store.CassandraSettings;
import dev.knatter.core.store.Migrations;
import dev.knatter.core.store.Stores;
import dev.knatter.core.token.Identity;
import dev.knatter.core.token.KeysMain;
import dev.knatter.core.token.TokenIssuer;
import dev.knatter.guard.Guard;
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
import tools.jackson.databind.json.JsonMapper;

final class MessagesTest {
  @RegisterExtension
  static final RealStores realStores = new RealStores();

  private static final JsonMapper json = new JsonMapper();
  private static final HttpClient http = HttpClient.newHttpClient();
  private static final Random random = new Random(5);
  private static final Uuid7 ids = new Uuid7(Clock.systemUTC(), random);
  private static Stores stores;
  private static FunctionServer server;
  private static Accounts accounts;
  private static TokenIssuer tokens;
  private static Outbox outbox;
  private static MessageLog log;

  private final Identity ada = register("ada");
  private final Identity grace = register("grace");

  @BeforeAll
  static void open(@TempDir Path keys) throws Exception {
    KeysMain.write(keys);
    Map<String, String> variables = new HashMap<>(realStores.env());
    variables.put("KNATTER_JWKS_FILE", keys.resolve("jwks.json").toString());
    variables.put("KNATTER_SIGNING_KEY_FILE", keys.resolve("signing-key.json").toString());
    variables.put("KNATTER_CURSOR_KEY_FILE", keys.resolve("cursor.key").toString());
    variables.put("PORT", "0");
    Env env = Env.of(variables);
    Migrations.apply(CassandraSettings.from(env), "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    stores = Stores.open(env, Clock.systemUTC());
    server = FunctionServer.start(ServerOptions.from(variables::get), stores::ready,
        Messages.endpoints(env, stores, Guard.create(env, stores)));
    accounts = new Accounts(stores.cassandra(), Clock.systemUTC(), ids, new Passwords(1));
    tokens = TokenIssuer.from(env, Clock.systemUTC());
    outbox = new Outbox(stores.cassandra(), new Inbox(stores.cassandra()), ids, random);
    log = new MessageLog(stores.cassandra(), Clock.systemUTC(), random,
        new Slices(stores.cassandra(), Clock.systemUTC()), outbox);
  }

  @AfterAll
  static void close() {
    server.close();
    outbox.close();
    stores.close();
  }

  @AfterEach
  void restore() {
    realStores.cassandra().restore();
    realStores.redis().restore();
    await().until(stores::ready);
  }

  /** A user of this test alone. */
  private static Identity register(String name) {
    String unique = name + "-" + Long.toHexString(random.nextLong());
    return new Identity(accounts.register(NewAccount.checked(unique, "password", null, null)).userId(),
        unique,
        ids.mint());
  }

  private static void send(Identity from, Identity to, String content) {
    Conversation conversation = Conversation.direct(from.userId(), to.userId());
    log.append(new Draft(conversation, from.userId(), content, "text/plain", null, null), ids.mint());
    new News(stores.redis()).tell(conversation.id(), conversation.members());
  }

  private record Answer(int status, JsonNode body) {
    List<String> contents() {
      return body.path("messages").valueStream().map(message -> message.path("content").asString()).toList();
    }

    String text(String field) {
      return body.path(field).asString("");
    }
  }

  private static Answer get(Identity caller, String... query) throws Exception {
    StringBuilder uri = new StringBuilder("http://127.0.0.1:" + server.port() + "/v1/messages?");
    for (int i = 0; i < query.length; i += 2) {
      uri.append(query[i])
        .append('=')
        .append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8))
        .append('&');
    }
    HttpResponse<String> response = http
      .send(HttpRequest.newBuilder(URI.create(uri.substring(0, uri.length() - 1)))
        .header("Authorization", "Bearer " + tokens.issue(caller))
        .build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), json.readTree(response.body()));
  }

  @Test
  void conversation_isSeenByBothNewestFirst() throws Exception {
    send(ada, grace, "one");
    send(grace, ada, "two");

    Answer page = get(ada, "with", grace.username());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.contents()).containsExactly("two", "one");
    assertThat(page.body().has("next")).isFalse();
    assertThat(page.text("serverTime")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    JsonNode newest = page.body().path("messages").get(0);
    assertThat(newest.path("sender").asString()).isEqualTo(grace.username());
    assertThat(newest.path("recipient").asString()).isEqualTo(ada.username());
    assertThat(newest.has("editedAt")).isFalse();

    assertThat(get(grace, "with", ada.username()).body().path("messages"))
      .isEqualTo(page.body().path("messages"));
    assertThat(get(grace, "conversation", newest.path("conversationId").asString()).contents())
      .containsExactly("two", "one");
    assertThat(get(grace).contents()).containsExactly("two", "one");
  }

  @Test
  void noteToOneself_isAConversationLikeAnyOther() throws Exception {
    send(ada, ada, "note");
    assertThat(get(ada, "with", ada.username()).contents()).containsExactly("note");
    assertThat(get(ada).contents()).containsExactly("note");
  }

  @Test
  void emptyConversation_canBePolledFromItsPreviousOn() throws Exception {
    Answer empty = get(ada, "with", grace.username());
    assertThat(empty.contents()).isEmpty();
    assertThat(empty.body().has("next")).isFalse();
    send(grace, ada, "one");
    Answer next = get(ada, "with", grace.username(), "after", empty.text("previous"));
    assertThat(next.contents()).containsExactly("one");
    send(grace, ada, "two");
    Answer last = get(ada, "with", grace.username(), "after", next.text("next"));
    assertThat(last.contents()).containsExactly("two");
    assertThat(get(ada, "with", grace.username(), "after", last.text("next")).contents()).isEmpty();
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
      down.addAll(page.contents());
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
      up.addAll(page.contents());
    } while (!page.contents().isEmpty());
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
    await().until(() -> stores.redis()
      .attempt(redis -> redis.getTopic("bell:" + ada.userId()).countSubscribers())
      .orElse(0L) == 1);
    send(grace, ada, "now");
    assertThat(waiting.get().contents()).containsExactly("now");
  }

  @Test
  void waiting_withoutRedis_endsWithTheMessageToo() throws Exception {
    String cursor = get(ada).text("previous");
    realStores.redis().cut();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> waiting = threads.submit(() -> get(ada, "after", cursor, "wait", "25"));
      send(grace, ada, "now");
      assertThat(waiting.get().contents()).containsExactly("now");
    }
  }

  @Test
  void waiting_thatIsInVain_endsInTimeWithAnEmptyPage() throws Exception {
    String cursor = get(ada).text("previous");
    Answer nothing = get(ada, "after", cursor, "wait", "1");
    assertThat(nothing.status()).isEqualTo(200);
    assertThat(nothing.contents()).isEmpty();
    assertThat(nothing.text("next")).isNotEmpty();
    assertThat(nothing.body().has("previous")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"limit,0,/limit", "limit,101,/limit", "limit,-1,/limit", "limit,ten,/limit", "limit,'',/limit",
      "wait,26,/wait", "wait,-1,/wait", "wait,1.5,/wait", "conversation,1-1-1-1-1,/conversation",
      "conversation,'',/conversation", "before,'',/before", "after,'',/after", "before,forged,/before",
      "after,%%%,/after", "user,grace,''", "sender,grace,''"})
  void invalidQuery_is400AndNamesWhere(String field, String value, String pointer) throws Exception {
    Answer answer = get(ada, field, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("type")).isEqualTo("urn:knatter:problem:invalid-request");
    assertThat(answer.body().path("errors").get(0).path("pointer").asString("?")).isEqualTo(pointer);
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
      assertThat(get(grace, "with", ada.username(), "limit", "50").contents()).startsWith("m" + i);
    }
  }

  @Test
  void redisAway_answersAllTheSame() throws Exception {
    send(ada, grace, "one");
    realStores.redis().cut();
    assertThat(get(ada, "with", grace.username()).contents()).containsExactly("one");
    realStores.redis().restore();
    assertThat(get(ada, "with", grace.username()).contents()).containsExactly("one");
  }

  @Test
  void cassandraStalled_is503BeforeTheCallerGivesUp() throws Exception {
    send(ada, grace, "one");
    realStores.cassandra().stall();
    long start = System.nanoTime();
    Answer stalled = get(ada);
    assertThat(stalled.status()).isEqualTo(503);
    // What is promised to callers, and not how fast this is.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    realStores.cassandra().restore();
    await().untilAsserted(() -> assertThat(get(ada).contents()).containsExactly("one"));
  }
}
