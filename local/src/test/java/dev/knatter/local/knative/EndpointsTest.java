package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.knatter.adapter.Endpoint;
import dev.knatter.adapter.Route;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.RateLimit.Scope;
import dev.knatter.functions.account.AccountEndpoints;
import dev.knatter.functions.conversations.ConversationsEndpoints;
import dev.knatter.functions.deadletters.DeadLettersEndpoints;
import dev.knatter.functions.delete.DeleteEndpoints;
import dev.knatter.functions.deliver.DeliverEndpoints;
import dev.knatter.functions.edit.EditEndpoints;
import dev.knatter.functions.eraseevents.EraseEventsEndpoints;
import dev.knatter.functions.export.ExportEndpoints;
import dev.knatter.functions.jwks.JwksEndpoints;
import dev.knatter.functions.login.LoginEndpoints;
import dev.knatter.functions.logout.LogoutEndpoints;
import dev.knatter.functions.messages.MessagesEndpoints;
import dev.knatter.functions.outbox.OutboxEndpoints;
import dev.knatter.functions.react.ReactEndpoints;
import dev.knatter.functions.read.ReadEndpoints;
import dev.knatter.functions.refresh.RefreshEndpoints;
import dev.knatter.functions.register.RegisterEndpoints;
import dev.knatter.functions.send.SendEndpoints;
import dev.knatter.functions.sendevents.SendEventsEndpoints;
import dev.knatter.functions.sessions.SessionsEndpoints;
import dev.knatter.functions.stream.StreamEndpoints;
import dev.knatter.functions.users.UsersEndpoints;
import dev.knatter.functions.web.WebEndpoints;
import dev.knatter.functions.webhooks.WebhooksEndpoints;
import dev.knatter.guard.Guard;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Stores;
import dev.knatter.shared.token.KeyFiles;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.PingSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Whether what the functions serve is what the API describes and the cluster routes. */
final class EndpointsTest {
  /** Nothing listens there: routes are known before any store is. */
  private static final Map<String, String> NO_STORES = Map.of("KNATTER_CASSANDRA_CONTACT_POINTS",
      "127.0.0.1:1",
      "KNATTER_REDIS_URL", "redis://127.0.0.1:1");

  private static final Map<String, List<Endpoint<?>>> ENDPOINTS = new TreeMap<>();
  private static Stores stores;

  @BeforeAll
  static void read(@TempDir Path keys) throws IOException {
    KeyFiles.write(keys);
    Map<String, String> variables = new HashMap<>(NO_STORES);
    variables.put("KNATTER_TOKEN_ISSUER", "https://chat.example.com");
    variables.put("KNATTER_SIGNING_KEY_FILE", keys.resolve("signing-key.json").toString());
    variables.put("KNATTER_JWKS_FILE", keys.resolve("jwks.json").toString());
    variables.put("KNATTER_CURSOR_KEY_FILE", keys.resolve("cursor.key").toString());
    variables.put("KNATTER_NAME_KEY_FILE", keys.resolve("name.key").toString());
    Env env = Env.of(variables);
    stores = Stores.open(env, Clock.systemUTC());
    Guard guard = Guard.create(env, stores);
    ENDPOINTS.put("register", RegisterEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("login", LoginEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("refresh", RefreshEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("logout", LogoutEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("sessions", SessionsEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("jwks", JwksEndpoints.endpoints(env));
    ENDPOINTS.put("send", SendEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("messages", MessagesEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("edit", EditEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("delete", DeleteEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("react", ReactEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("read", ReadEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("stream", StreamEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("outbox", OutboxEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("send-events", SendEventsEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("erase-events", EraseEventsEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("users", UsersEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("account", AccountEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("export", ExportEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("dead-letters", DeadLettersEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("webhooks", WebhooksEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("conversations", ConversationsEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("deliver", DeliverEndpoints.endpoints(env, stores, guard));
    ENDPOINTS.put("web", WebEndpoints.endpoints(env));
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void function_isDeployed() {
    assertThat(Manifests.services().keySet()).isEqualTo(ENDPOINTS.keySet());
  }

  @Test
  void route_isDescribedAndNothingElseIs() {
    Map<String, String> served = new TreeMap<>();
    Set<String> open = new TreeSet<>();
    ENDPOINTS.forEach((function, endpoints) -> endpoints.stream()
      .map(Endpoint::route)
      .filter(route -> !takesEvents(route))
      .forEach(route -> {
        served.put(operation(route), function);
        if (route.open()) {
          open.add(operation(route));
        }
      }));
    assertThat(served).containsExactlyEntriesOf(OpenApi.operations());
    assertThat(open).isEqualTo(OpenApi.openOperations());
  }

  @Test
  void route_isNamedLikeItsOperation() {
    assertThat(ENDPOINTS.values()
      .stream()
      .flatMap(List::stream)
      .map(Endpoint::route)
      .filter(route -> !takesEvents(route))
      .map(Route::function)).containsExactlyInAnyOrderElementsOf(OpenApi.operationIds());
  }

  @Test
  void route_isOfTheFunctionItIsNamedAfter() {
    ENDPOINTS.forEach((function, endpoints) -> assertThat(endpoints).allSatisfy(
        endpoint -> assertThat(endpoint.route().function()).startsWith(function)));
  }

  @Test
  void limit_ofEachRoute_isARowOfTheTableAndEachRowIsUsed() {
    // Frames of held connections have limits, too. What a frame does as a route does has the route's.
    Set<String> used = new TreeSet<>(Set.of(RateLimit.SYNC.id(), RateLimit.TYPING.id()));
    ENDPOINTS.values()
      .stream()
      .flatMap(List::stream)
      .map(Endpoint::route)
      .filter(route -> !takesEvents(route))
      // At hand, and cached by those who ask.
      .filter(route -> !operation(route).equals("GET /.well-known/jwks.json")
          && !route.function().matches("web(-asset|-worker)?"))
      .forEach(route -> {
        assertThat(route.limit()).as(operation(route)).isNotNull();
        RateLimit limit = RateLimit.of(String.valueOf(route.limit()));
        assertThat(limit.scope() != Scope.USER).as(operation(route)).isEqualTo(route.open());
        used.add(limit.id());
        limit.byAddress().map(RateLimit::id).ifPresent(used::add);
      });
    assertThat(RateLimit.all()).extracting(RateLimit::id).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void function_ofEvents_isClusterLocal() {
    ENDPOINTS.forEach((function, endpoints) -> {
      Service service = Manifests.service(function);
      boolean local = service.getMetadata().getLabels().containsKey("networking.knative.dev/visibility");
      assertThat(endpoints.stream().anyMatch(endpoint -> takesEvents(endpoint.route()))).as(function)
        .isEqualTo(local);
    });
  }

  @Test
  void ping_isAnEventThatItsFunctionTakes() {
    PingSource ping = Manifests.all(PingSource.class).getFirst();
    List<Endpoint<?>> endpoints = ENDPOINTS.getOrDefault(ping.getSpec().getSink().getRef().getName(),
        List.of());
    assertThat(endpoints).hasSize(1).allMatch(endpoint -> takesEvents(endpoint.route()));
    assertThat(JsonMapper.shared().readValue(ping.getSpec().getData(), endpoints.getFirst().route().input()))
      .isNotNull();
  }

  /** CloudEvents come to the root, and nothing else does. */
  private static boolean takesEvents(Route<?> route) {
    return operation(route).equals("POST /");
  }

  private static String operation(Route<?> route) {
    return route.method() + " " + route.path();
  }
}
