package dev.knatter.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

final class RolloutTest {
  private static final String RENDERED = Stream.of(resource("v1", "Namespace", "knatter"),
      resource("v1", "Service", "redis"), resource("eventing.knative.dev/v1", "Broker", "default"),
      function("account"), function("dead-letters"), function("export"), function("jwks"),
      function("login"), function("messages"), function("outbox"), function("send"), function("users"),
      resource("batch/v1", "Job", "schema"), resource("gateway.networking.k8s.io/v1", "Gateway", "knatter"),
      resource("gateway.networking.k8s.io/v1", "HTTPRoute", "knatter"),
      resource("sources.knative.dev/v1", "SinkBinding", "publishers"),
      resource("eventing.knative.dev/v1", "Trigger", "deliver"),
      resource("sources.knative.dev/v1", "PingSource", "outbox"))
    .collect(Collectors.joining("---\n"));

  private final Rollout rollout = Rollout.of(RENDERED);

  @Test
  void deadLetters_comeFirstThenWritersOfMessagesThenTheirReadersThenTheRest() {
    assertThat(rollout.waves()).extracting(Rollout.Wave::functions)
      .containsExactly(List.of("dead-letters"), List.of("outbox", "send"), List.of("export", "messages"),
          List.of("account", "jwks", "login"), List.of("users"));
    assertThat(rollout.waves()).allSatisfy(
        wave -> assertThat(names(wave.yaml())).containsExactlyElementsOf(wave.functions()));
  }

  @Test
  void whatFunctionsNeed_comesFirstAndWhatCallsThemLast() {
    assertThat(names(rollout.before())).containsExactly("knatter", "redis", "default", "schema",
        "publishers");
    assertThat(names(rollout.after())).containsExactly("knatter", "knatter", "deliver", "outbox");
  }

  @Test
  void atOnce_isAllOfIt() {
    assertThat(names(rollout.whole())).containsExactlyInAnyOrderElementsOf(names(RENDERED));
  }

  private static List<String> names(String yaml) {
    return Stream.of(yaml.split("(?m)^---$", -1))
      .filter(document -> !document.isBlank())
      .map(document -> new Yaml().<Map<String, Map<String, String>>>load(document))
      .map(resource -> String.valueOf(Objects.requireNonNull(resource.get("metadata")).get("name")))
      .toList();
  }

  private static String function(String name) {
    return resource("serving.knative.dev/v1", "Service", name);
  }

  private static String resource(String version, String kind, String name) {
    return """
        apiVersion: %s
        kind: %s
        metadata:
          name: %s
        """.formatted(version, kind, name);
  }
}
