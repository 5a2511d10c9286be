package dev.knatter.local.knative;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether each function is given the secrets that it needs, as the README's commands make them, and no others. */
final class EnvironmentTest {
  private static final Map<String, String> PRODUCTION = Manifests.variables(
      Manifests.ROOT.resolve("overlays/production/config.env"));
  private static final Map<String, String> CASSANDRA = Map.of(
      "KNATTER_CASSANDRA_PASSWORD", "knatter-cassandra/password",
      "KNATTER_CASSANDRA_TLS_CA", "knatter-cassandra/ca.crt");
  private static final Map<String, String> REDIS = Map.of(
      "KNATTER_REDIS_PASSWORD", "knatter-redis/password",
      "KNATTER_REDIS_TLS_CA", "knatter-redis/ca.crt");
  private static final Map<String, String> EVENTS = Map.of("KNATTER_EVENT_SOURCES",
      "knatter-event-sources/event-sources.json");
  private static final Map<String, String> GRIP = Map.of("KNATTER_GRIP_KEY", "knatter-grip/grip.key");
  private static final Map<String, String> KEYS = Map.of(
      "KNATTER_JWKS", "knatter-jwks/jwks.json",
      "KNATTER_SIGNING_KEY", "knatter-signing-key/signing-key.json",
      "KNATTER_CURSOR_KEY", "knatter-cursor-key/cursor.key",
      "KNATTER_NAME_KEY", "knatter-name-key/name.key");
  /** The private key would let any function be anybody. */
  private static final Map<String, Set<String>> ONLY_READERS = Map.of(
      "KNATTER_SIGNING_KEY", Set.of("login", "refresh"),
      "KNATTER_CURSOR_KEY", Set.of("messages", "stream", "export", "conversations", "dead-letters"),
      // Whoever takes tokens of an outside issuer may have to give somebody a name.
      "KNATTER_NAME_KEY",
      Set.of("register", "send", "edit", "delete", "react", "read", "messages", "stream", "users", "account",
          "export",
          "webhooks", "conversations", "logout",
          "sessions", "dead-letters", "erase-events"));
  private static final Set<String> EVENT_READERS = Set.of("send-events", "erase-events",
      "dead-letters");

  static Stream<Service> services() {
    return Manifests.services().values().stream();
  }

  @ParameterizedTest
  @MethodSource("services")
  void function_takesTheSharedConfiguration(Service service) {
    assertThat(container(service).getEnvFrom())
      .extracting(source -> source.getConfigMapRef().getName())
      .containsExactly("knatter-config");
  }

  @ParameterizedTest
  @MethodSource("services")
  void key_isOfTheSecretThatIsMeant_andMustBeThere(Service service) {
    assertThat(secrets(container(service), false)).isNotNull()
      .allSatisfy(
          (variable, key) -> assertThat(KEYS).containsEntry(variable, key));
  }

  @ParameterizedTest
  @MethodSource("services")
  void secretsOfTheStoresAndOfEvents_areTakenWhereTheyExist(Service service) {
    Map<String, String> expected = new HashMap<>();
    if (!service.getMetadata().getName().equals("web")) { // it knows no store
      expected.putAll(CASSANDRA);
      expected.putAll(REDIS);
    }
    if (EVENT_READERS.contains(service.getMetadata().getName())) {
      expected.putAll(EVENTS);
    }
    if (service.getMetadata().getName().equals("stream")) {
      expected.putAll(GRIP);
    }
    assertThat(secrets(container(service), true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("services")
  void secret_isMadeByTheReadme(Service service) {
    assertThat(references(container(service))).allSatisfy(
        secret -> assertThat(Readme.secretKeys(secret.getName())).contains(secret.getKey()));
  }

  @Test
  void secret_ofFewFunctions_isReadThereOnly() {
    ONLY_READERS.forEach((variable, functions) -> assertThat(
        services().filter(service -> secrets(container(service), false).containsKey(variable))
          .map(service -> service.getMetadata().getName()))
      .containsExactlyInAnyOrderElementsOf(functions));
  }

  @Test
  void schemaJob_reachesCassandraAsTheFunctionsDo() {
    Container container = Manifests.all(Job.class)
      .getFirst()
      .getSpec()
      .getTemplate()
      .getSpec()
      .getContainers()
      .getFirst();
    assertThat(secrets(container, true)).isEqualTo(CASSANDRA);
    assertThat(container.getEnvFrom()).hasSize(1);
  }

  /** Also where a secret lacks the authority's certificate: that must not lead to plain text. */
  @Test
  void production_reachesBothStoresByTls() {
    assertThat(PRODUCTION).containsKey("KNATTER_CASSANDRA_USERNAME")
      .containsEntry("KNATTER_CASSANDRA_TLS", "true");
    assertThat(PRODUCTION.get("KNATTER_REDIS_URL")).startsWith("rediss://");
  }

  /** The secret and its key, by the variable that holds it. */
  private static Map<String, String> secrets(Container container, boolean optional) {
    return container.getEnv()
      .stream()
      .filter(variable -> variable.getValueFrom().getSecretKeyRef() != null)
      .filter(variable -> optional == (variable.getValueFrom().getSecretKeyRef().getOptional() != null))
      .collect(Collectors.toMap(EnvVar::getName, variable -> {
        SecretKeySelector secret = variable.getValueFrom().getSecretKeyRef();
        return secret.getName() + "/" + secret.getKey();
      }));
  }

  private static List<SecretKeySelector> references(Container container) {
    return container.getEnv().stream().map(variable -> variable.getValueFrom().getSecretKeyRef()).toList();
  }

  private static Container container(Service service) {
    return service.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }
}
