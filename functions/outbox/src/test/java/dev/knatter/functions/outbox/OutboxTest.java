package dev.knatter.functions.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.adapter.FunctionServer;
import dev.knatter.adapter.ServerOptions;
import dev.knatter.core.Env;
import dev.knatter.core.Uuid7;
import dev.knatter.core.store.CassandraSettings;
import dev.knatter.core.store.Migrations;
import dev.knatter.core.store.Stores;
import dev.knatter.guard.Guard;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class OutboxTest {
  @RegisterExtension
  static final RealStores realStores = new RealStores();

  private static final HttpClient http = HttpClient.newHttpClient();
  private static Stores stores;
  private static FunctionServer server;

  @BeforeAll
  static void open() throws Exception {
    Map<String, String> variables = new HashMap<>(realStores.env());
    variables.put("PORT", "0");
    Env env = Env.of(variables);
    Migrations.apply(CassandraSettings.from(env), "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    stores = Stores.open(env, Clock.systemUTC());
    server = FunctionServer.start(ServerOptions.from(variables::get), stores::ready,
        Outbox.endpoints(env, stores, Guard.create(env, stores)));
  }

  @AfterAll
  static void close() {
    server.close();
    stores.close();
  }

  private static HttpResponse<String> event(String data) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
      .headers("ce-specversion", "1.0", "ce-id", UUID.randomUUID().toString(), "ce-source", "/test",
          "ce-type", "dev.knative.sources.ping", "Content-Type", "application/json")
      .POST(HttpRequest.BodyPublishers.ofString(data))
      .build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A message two minutes old whose writer was killed after its batch: it is stored, and still in the outbox. */
  private static UUID leaveBehind(UUID user) {
    long then = Clock.systemUTC().millis() - Duration.ofMinutes(2).toMillis();
    UUID id = Uuid7.of(then, 1, user.getLeastSignificantBits());
    UUID conversation = UUID.randomUUID();
    long slice = then - Math.floorMod(then, Duration.ofDays(10).toMillis());
    long bucket = then / 10_000;
    realStores.session()
      .execute("INSERT INTO timeline (conversation_id, slice, id, sender, content, content_type)"
          + " VALUES (?, ?, ?, ?, 'hello', 'text/plain')", conversation, slice, id, user);
    realStores.session()
      .execute("INSERT INTO outbox (bucket, lane, position, conversation_id, id, members)"
          + " VALUES (?, 7, ?, ?, ?, ?)", bucket, id, conversation, id, List.of(user));
    realStores.session().execute("INSERT INTO outbox_lanes (bucket, lane) VALUES (?, 7)", bucket);
    realStores.session().execute("UPDATE sweeps SET swept_until = ? WHERE pass = 'SOON'", bucket - 1);
    return id;
  }

  private static List<UUID> inbox(UUID user) {
    return realStores.session()
      .execute("SELECT user_id, id FROM inbox")
      .all()
      .stream()
      .filter(row -> user.equals(row.getUuid("user_id")))
      .map(row -> row.getUuid("id"))
      .toList();
  }

  @Test
  void tick_entersWhatAWriterLeftAndAnswersNothing() throws Exception {
    UUID user = UUID.randomUUID();
    UUID id = leaveBehind(user);
    HttpResponse<String> answer = event("{}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("ce-"));
    assertThat(inbox(user)).containsExactly(id);

    assertThat(event("{}").statusCode()).isEqualTo(202);
    assertThat(inbox(user)).hasSize(1);
  }

  @Test
  void tickWithOtherData_goesToTheDeadLetters() throws Exception {
    assertThat(event("[1]").statusCode()).isEqualTo(400);
    assertThat(event("{\"bucket\":1}").statusCode()).isEqualTo(400);
  }

  @Test
  void tickWithoutCassandra_isTriedAgain() throws Exception {
    UUID user = UUID.randomUUID();
    UUID id = leaveBehind(user);
    realStores.cassandra().cut();
    assertThat(event("{}").statusCode()).isEqualTo(503);

    realStores.cassandra().restore();
    await().until(() -> event("{}").statusCode() == 202);
    assertThat(inbox(user)).contains(id);
  }
}
