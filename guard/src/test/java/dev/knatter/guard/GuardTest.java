package dev.knatter.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.knatter.chat.limit.Network;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.ReplayCheck;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.Migrations;
import dev.knatter.shared.store.Script;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.KeyFiles;
import dev.knatter.shared.token.Revoker;
import dev.knatter.shared.token.TokenIssuer;
import dev.knatter.testing.RealStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

final class GuardTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @TempDir
  private static Path keys;
  private static Env env;
  private static Stores stores;
  private static Guard guard;
  private static TokenIssuer tokens;

  private final Identity ada = new Identity(UUID.randomUUID(), "ada", UUID.randomUUID());
  private final List<Message<String>> seen = new ArrayList<>();

  private Message<String> function(Message<String> message) {
    seen.add(message);
    return new GenericMessage<>("done", Map.of("statusCode", 201));
  }

  @BeforeAll
  static void open() throws Exception {
    KeyFiles.write(keys);
    Map<String, String> variables = new HashMap<>(real.env());
    variables.put("KNATTER_JWKS_FILE", keys.resolve("jwks.json").toString());
    variables.put("KNATTER_SIGNING_KEY_FILE", keys.resolve("signing-key.json").toString());
    variables.put("KNATTER_OPERATORS", "boss");
    env = Env.of(variables);
    Migrations.apply(CassandraSettings.from(env), "{'class': 'SimpleStrategy', 'replication_factor': 1}");
    stores = Stores.open(env, Clock.systemUTC());
    guard = Guard.create(env, stores);
    tokens = TokenIssuer.from(env, Clock.systemUTC());
  }

  @BeforeEach
  void restore() {
    real.redis().restore();
    await().until(() -> stores.redis().eval(new Script("return {1}"), List.of("any")).isPresent());
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  private Map<String, Object> authorized(String... more) {
    Map<String, Object> headers = new HashMap<>();
    headers.put("Authorization", "Bearer " + tokens.issue(ada));
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  private Message<?> call(Map<String, Object> headers) {
    return guard.<String>bearer("send", this::function).apply(new GenericMessage<>("input", headers));
  }

  private static @Nullable Object header(Message<?> answer, String name) {
    return answer.getHeaders().get(name);
  }

  @Test
  void bearer_tokenOfAnEndedSession_isInvalidAndTheFunctionDoesNotRun() {
    assertThat(header(call(authorized()), "statusCode")).isEqualTo(201);
    new Revoker(stores.cassandra(), new Uuid7(Clock.systemUTC(), new Random()))
      .revoke(List.of(ada.sessionId()));

    await().until(() -> header(call(authorized()), "statusCode"), is -> is.equals(401));
    seen.clear();
    Message<?> answer = call(authorized());
    assertThat(header(answer, "statusCode")).isEqualTo(401);
    assertThat(header(answer, "WWW-Authenticate")).asString().contains("error=\"invalid_token\"");
    assertThat(seen).isEmpty();
  }

  @Test
  void session_thatEndsWhileAFunctionWorks_isNoticedByIt() {
    Message<?> answer = guard.<String>bearerWaiting("send", message -> {
      Caller.of(message).session().run();
      new Revoker(stores.cassandra(), new Uuid7(Clock.systemUTC(), new Random()))
        .revoke(List.of(ada.sessionId()));
      await().until(() -> {
        try {
          Caller.of(message).session().run();
          return false;
        } catch (Unauthenticated ended) {
          return true;
        }
      });
      Caller.of(message).session().run();
      return function(message);
    }).apply(new GenericMessage<>("input", authorized()));

    assertThat(header(answer, "statusCode")).isEqualTo(401);
    assertThat(seen).isEmpty();
  }

  private Message<?> waitIn(Executor adapter, Runnable wait) {
    Map<String, Object> headers = authorized();
    headers.put("waiting", adapter);
    return waiting(wait).apply(new GenericMessage<>("input", headers));
  }

  private Function<Message<String>, Message<?>> waiting(Runnable wait) {
    return guard.bearerWaiting("send", message -> {
      Caller.of(message).waiting().execute(wait);
      return function(message);
    });
  }

  @Test
  void waiting_ofOneUser_isTwentyTimesAtOnceAndThen429() {
    AtomicInteger standing = new AtomicInteger();
    List<Object> statuses = new ArrayList<>();
    List<Function<Message<String>, Message<?>>> again = new ArrayList<>();
    again.add(waiting(() -> {
      standing.incrementAndGet();
      statuses.add(header(again.getFirst().apply(new GenericMessage<>("input", authorized())), "statusCode"));
    }));
    for (int round = 0; round < 2; round++) { // each waits while the one before it does
      standing.set(0);
      statuses.clear();
      assertThat(header(again.getFirst().apply(new GenericMessage<>("input", authorized())), "statusCode"))
        .isEqualTo(201);
      assertThat(standing).hasValue(20);
      assertThat(statuses.getFirst()).isEqualTo(429);
      assertThat(statuses.subList(1, 20)).containsOnly(201);
    }
  }

  @Test
  void waiting_thatTheAdapterRefuses_is503() {
    Message<?> full = waitIn(_ -> {
      throw new RejectedExecutionException();
    }, () -> {});
    assertThat(header(full, "statusCode")).isEqualTo(503);
    assertThat(header(full, "Retry-After")).isEqualTo("5");
    Message<?> gone = waitIn(_ -> {
      throw new CancellationException();
    }, () -> {});
    assertThat(header(gone, "statusCode")).isEqualTo(503);
    assertThat(header(waitIn(Runnable::run, () -> {}), "statusCode")).isEqualTo(201);
  }

  @Test
  void bearer_cassandraAway_is503OnceItIsNotKnownWhoHasLoggedOut() {
    assertThat(header(call(authorized()), "statusCode")).isEqualTo(201);
    real.cassandra().cut();
    await().atMost(Duration.ofSeconds(30))
      .until(() -> header(call(authorized()), "statusCode"), is -> is.equals(503));
    real.cassandra().restore();
    await().atMost(Duration.ofSeconds(30))
      .until(() -> header(call(authorized()), "statusCode"), is -> is.equals(201));
  }

  @Test
  void operator_tokenWithoutTheScope_is403AndTheFunctionDoesNotRun() {
    Function<Message<String>, Message<?>> guarded = guard.operator("send", this::function);
    Message<?> answer = guarded.apply(new GenericMessage<>("input", authorized()));
    assertThat(header(answer, "statusCode")).isEqualTo(403);
    assertThat(header(answer, "WWW-Authenticate")).isEqualTo(
        "Bearer realm=\"knatter\", error=\"insufficient_scope\", scope=\"knatter:operator\"");
    assertThat(seen).isEmpty();
    assertThat(header(guarded.apply(new GenericMessage<>("input", Map.of())), "statusCode")).isEqualTo(401);

    Identity boss = new Identity(UUID.randomUUID(), "boss", UUID.randomUUID());
    assertThat(header(guarded.apply(
        new GenericMessage<>("input", Map.of("Authorization", "Bearer " + tokens.issue(boss)))),
        "statusCode"))
      .isEqualTo(201);
    assertThat(Caller.of(seen.getLast()).identity()).isEqualTo(boss.asOperator(true));
  }

  @Test
  void event_seesItsAttributesAndNoOthersHeaders() {
    Message<?> answer = guard.<String>event(this::function)
      .apply(new GenericMessage<>("input",
          Map.of("ce-id", "1", "CE-Type", "t", "ce-list", List.of(), "X-User", "eve", "Authorization", "x")));
    assertThat(header(answer, "statusCode")).isEqualTo(201);
    Map<String, Object> headers = new HashMap<>(seen.getLast().getHeaders());
    headers.keySet().removeAll(Set.of("id", "timestamp"));
    assertThat(headers).isEqualTo(Map.of("ce-id", "1", "ce-type", "t"));
  }

  @Test
  void bearer_goodToken_hasItsIdentityAndWhatIsLeftOfTheLimit() {
    Message<?> answer = call(authorized());

    assertThat(answer.getPayload()).isEqualTo("done");
    assertThat(header(answer, "statusCode")).isEqualTo(201);
    assertThat(header(answer, "RateLimit-Policy")).isEqualTo("\"send\";q=1000;w=17");
    assertThat(header(answer, "RateLimit")).isEqualTo("\"send\";r=999;t=1");
    assertThat(Caller.of(seen.getLast()).identity()).isEqualTo(ada);
    assertThat(Caller.of(seen.getLast()).replay()).isEqualTo(ReplayCheck.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization", "AUTHORIZATION", "Authorization"})
  void bearer_nameOfTheHeaderInAnyCase_isRead(String name) {
    call(Map.of(name, "bearer " + tokens.issue(ada)));

    assertThat(Caller.of(seen.getLast()).identity()).isEqualTo(ada);
  }

  @Test
  void bearer_noToken_isChallenged() {
    for (Map<String, Object> headers : List.<Map<String, Object>>of(Map.of(),
        Map.of("Authorization", "Basic YTpi"), Map.of("Authorization", 7),
        Map.of("Authorization", "Bearer a", "authorization", "Bearer a"),
        Map.of("Proxy-Authorization", "Bearer " + tokens.issue(ada)))) {
      Message<?> answer = call(headers);

      assertThat(header(answer, "statusCode")).isEqualTo(401);
      assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer realm=\"knatter\"");
      assertThat(header(answer, "contentType")).isEqualTo("application/problem+json");
      assertThat(answer.getPayload()).isEqualTo(Map.of("type", "urn:knatter:problem:unauthenticated", "title",
          "Not authenticated", "status", 401, "detail", "An access token is needed."));
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void bearer_tokenThatDoesNotCount_saysSo() {
    for (String token : List.of("", "x", "a.b.c", tokens.issue(ada) + "x")) {
      Message<?> answer = call(Map.of("Authorization", "Bearer " + token));

      assertThat(header(answer, "statusCode")).isEqualTo(401);
      assertThat(header(answer, "WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"knatter\", error=\"invalid_token\"");
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void bearer_badToken_isRefusedBeforeAnythingElseIsLookedAt() {
    Repeatable untouched = new Repeatable() {
      @Override
      public String clientId() {
        throw new IllegalStateException("looked");
      }

      @Override
      public String fingerprint() {
        throw new IllegalStateException("looked");
      }
    };
    Message<?> answer = guard.<Repeatable>bearer("send", _ -> new GenericMessage<>("done"))
      .apply(new GenericMessage<>(untouched, Map.of("Authorization", "Bearer x")));

    assertThat(header(answer, "statusCode")).isEqualTo(401);
  }

  @Test
  void function_seesTheHeadersThatAreMeantForItAndNoOthers() {
    call(authorized("idempotency-key", "\"k\"", "TRACEPARENT", "00-1", "tracestate", "a=b", "If-Match",
        "\"1\"",
        "If-None-Match", "*", "last-event-id", "7", "knatter-caller", "eve",
        "statusCode", "500", "contentType", "text/html", "X-User", "eve", "Cookie", "c",
        "spring.cloud.function.definition", "other"));

    Map<String, Object> headers = new HashMap<>(seen.getLast().getHeaders());
    headers.keySet().removeAll(Set.of("id", "timestamp"));
    assertThat(headers.remove("knatter-caller"))
      .isInstanceOfSatisfying(Caller.class, caller -> assertThat(caller.identity()).isEqualTo(ada));
    assertThat(headers)
      .isEqualTo(Map.of("Idempotency-Key", "\"k\"", "traceparent", "00-1", "tracestate", "a=b",
          "If-Match", "\"1\"", "If-None-Match", "*", "Last-Event-ID", "7"));
  }

  @Test
  void function_headerInTwoSpellings_isRefused() {
    assertThat(header(call(authorized("Idempotency-Key", "a", "idempotency-key", "b")), "statusCode"))
      .isEqualTo(400);
  }

  @Test
  void memory_ofASecondAttempt_isKnown() {
    String id = new Uuid7(Clock.systemUTC(), new Random()).mint().toString();

    assertThat(replay(new Body(id, "input"))).isEqualTo(ReplayCheck.FRESH);
    assertThat(replay(new Body(id, "input"))).isEqualTo(ReplayCheck.REPEATED);
    assertThat(replay(new Body(null, "input"), "Idempotency-Key", '"' + id + '"'))
      .isEqualTo(ReplayCheck.REPEATED);
    assertThat(replay(new Body(id, "other"))).isEqualTo(ReplayCheck.OTHER_BODY);
    assertThat(replay(new Body(null, "input"), "Idempotency-Key", "opaque")).isEqualTo(ReplayCheck.UNKNOWN);
    assertThat(replay(new Body("7", "input"))).isEqualTo(ReplayCheck.UNKNOWN);
  }

  private record Body(@Nullable String clientId, String fingerprint) implements Repeatable {}

  private ReplayCheck replay(Body body, String... headers) {
    List<ReplayCheck> seenByFunction = new ArrayList<>();
    Message<?> answer = guard.<Body>bearer("send", message -> {
      seenByFunction.add(Caller.of(message).replay());
      return new GenericMessage<>("done");
    }).apply(new GenericMessage<>(body, authorized(headers)));
    assertThat(answer.getPayload()).isEqualTo("done");
    return seenByFunction.getFirst();
  }

  @Test
  void open_moreThanTheLimitOfOneName_is429AndOtherNamesGoOn() {
    Function<Message<String>, Message<?>> open = guard.open("register", Message::getPayload, this::function);
    for (int i = 0; i < RateLimit.REGISTER.capacity(); i++) {
      Message<?> answer = open.apply(new GenericMessage<>("ada"));
      assertThat(header(answer, "statusCode")).isEqualTo(201);
      assertThat(answer.getHeaders()).doesNotContainKeys("RateLimit", "RateLimit-Policy");
    }
    Message<?> refused = open.apply(new GenericMessage<>("ada"));

    assertThat(header(refused, "statusCode")).isEqualTo(429);
    assertThat(Integer.parseInt(String.valueOf(header(refused, "Retry-After")))).isBetween(1, 5);
    assertThat(header(open.apply(new GenericMessage<>("bob")), "statusCode")).isEqualTo(201);
  }

  @Test
  void open_addressFromTheAdapter_isCountedAndFromAHeaderIsNot() {
    Function<Message<String>, Message<?>> open = guard.open("register", Message::getPayload, this::function);
    Message<?> known = open.apply(
        new GenericMessage<>("eve", Map.of("callerAddress", InetAddress.ofLiteral("192.0.2.1"))));
    Network seenNetwork = Caller.network(seen.getLast());
    Message<?> forged = open.apply(new GenericMessage<>("eve",
        Map.of("callerAddress", "192.0.2.1", "knatter-network", "192.0.2.1", "X-Forwarded-For",
            "192.0.2.1")));

    assertThat(header(known, "RateLimit")).isEqualTo("\"register-address\";r=499;t=10");
    assertThat(header(known, "RateLimit-Policy")).isEqualTo("\"register-address\";q=500;w=5000");
    assertThat(seenNetwork).isEqualTo(new Network("192.0.2.1"));
    assertThat(header(forged, "statusCode")).isEqualTo(201);
    assertThat(header(forged, "RateLimit")).isNull();
    assertThat(Caller.network(seen.getLast())).isNull();
  }

  @Test
  void bearer_addressFromTheAdapter_isTheCallersAndFromAHeaderIsNot() {
    Map<String, Object> known = authorized();
    known.put("callerAddress", InetAddress.ofLiteral("192.0.2.1"));
    call(known);
    assertThat(Caller.network(seen.getLast())).isEqualTo(new Network("192.0.2.1"));

    call(authorized("callerAddress", "192.0.2.1"));
    assertThat(Caller.network(seen.getLast())).isNull();
  }

  @Test
  void open_functionThatCountsByItself_isCountedByAddressAlone() {
    Function<Message<String>, Message<?>> open = guard.open("login", this::function);
    for (int i = 0; i <= RateLimit.LOGIN.capacity(); i++) {
      assertThat(header(open.apply(new GenericMessage<>("ada")), "statusCode")).isEqualTo(201);
    }
  }

  @Test
  void redisAway_requestsPassUncounted() {
    real.redis().cut();
    Message<?> answer = call(authorized());

    assertThat(header(answer, "statusCode")).isEqualTo(201);
    assertThat(answer.getHeaders()).doesNotContainKey("RateLimit");
  }

  @Test
  void wrapping_limitThatCountsOtherwise_stopsTheStart() {
    assertThatThrownBy(() -> guard.bearer("login", this::function)).hasMessageContaining("login");
    assertThatThrownBy(() -> guard.<String>open("send", Message::getPayload, this::function))
      .hasMessageContaining("send");
    assertThatThrownBy(() -> guard.<String>open("send", this::function)).hasMessageContaining("send");
  }

  @Test
  void wrapping_withoutKeys_namesTheVariableAndOnlyWhereTheyAreNeeded() {
    Guard without = Guard.create(Env.of(real.env()), stores);

    assertThatThrownBy(() -> without.bearer("send", this::function))
      .hasMessageContaining("KNATTER_JWKS_FILE");
    assertThat(header(without.<String>open("login", Message::getPayload, this::function)
      .apply(
          new GenericMessage<>("eve")),
        "statusCode"))
      .isEqualTo(201);
  }

  @Test
  void identity_ofAnUnguardedMessage_isAFault() {
    assertThatThrownBy(() -> Caller.of(new GenericMessage<>("x")))
      .isInstanceOf(IllegalStateException.class);
  }
}
