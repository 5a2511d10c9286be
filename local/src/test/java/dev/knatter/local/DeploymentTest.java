package dev.knatter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.knatter.adapter.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeploymentTest {
  private record Input() {}

  private static final String SERVICE = """
      apiVersion: serving.knative.dev/v1
      kind: Service
      metadata: {name: %s}
      """;
  private static final String RULE = """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      spec:
        rules:
          - matches:
              - {path: {type: PathPrefix, value: %s}, method: %s}
            filters:
              - {type: URLRewrite, urlRewrite: {hostname: %s.knatter.svc.cluster.local}}
      """;

  @TempDir
  Path base;

  @Test
  void publishes_routeOfADeployedFunction_byPrefixAndMethod() throws IOException {
    Deployment deployment = read(SERVICE.formatted("send"), RULE.formatted("/v1/send", "POST", "send"));
    assertThat(deployment.publishes("send", route("POST", "/v1/send"))).isTrue();
    assertThat(deployment.publishes("send", route("POST", "/v1/send/later"))).isTrue();
    assertThat(deployment.publishes("send", route("GET", "/v1/send"))).isFalse();
    assertThat(deployment.publishes("send", route("POST", "/v1/sender"))).isFalse();
  }

  @Test
  void publishes_routeToAFunctionThatIsNotDeployed_isFalse() throws IOException {
    Deployment deployment = read(SERVICE.formatted("login"), RULE.formatted("/v1/send", "POST", "send"));
    assertThat(deployment.functions()).containsExactly("login");
    assertThat(deployment.publishes("send", route("POST", "/v1/send"))).isFalse();
  }

  @Test
  void publishes_functionThatNoRouteNames_isFalse() throws IOException {
    Deployment deployment = read(SERVICE.formatted("send"));
    assertThat(deployment.publishes("send", route("POST", "/v1/send"))).isFalse();
  }

  @Test
  void publishes_severalRulesMatch_theLongestPrefixThenTheMethodWins() throws IOException {
    Deployment deployment = read(SERVICE.formatted("queries"), SERVICE.formatted("commands"),
        SERVICE.formatted("export"),
        RULE.formatted("/v1/me", "''", "queries"), RULE.formatted("/v1/me", "POST", "commands"),
        RULE.formatted("/v1/me/export", "''", "export"));
    assertThat(deployment.publishes("queries", route("GET", "/v1/me"))).isTrue();
    assertThat(deployment.publishes("commands", route("POST", "/v1/me"))).isTrue();
    assertThat(deployment.publishes("queries", route("POST", "/v1/me"))).isFalse();
    assertThat(deployment.publishes("export", route("POST", "/v1/me/export"))).isTrue();
  }

  @Test
  void read_fileThatTheKustomizationDoesNotList_isNotDeployed() throws IOException {
    Files.writeString(base.resolve("spare.yaml"), SERVICE.formatted("spare"));
    assertThat(read(SERVICE.formatted("send")).functions()).containsExactly("send");
  }

  @Test
  void read_pingSource_isCalledAtFullMinutes() throws IOException {
    Ping ping = read(ping("*/5 * * * *")).pings().getFirst();
    assertThat(ping.function()).isEqualTo("outbox");
    assertThat(ping.data()).isEqualTo("{}");
    assertThat(ping.untilNext(Instant.parse("2026-01-01T00:04:58Z"))).isEqualTo(Duration.ofSeconds(2));
    assertThat(ping.untilNext(Instant.parse("2026-01-01T00:05:00Z"))).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void read_severalFolders_areOneDeployment(@TempDir Path eventing) throws IOException {
    read(SERVICE.formatted("outbox"));
    Files.writeString(eventing.resolve("ping.yaml"), ping("*/10 * * * *"));
    Files.writeString(eventing.resolve("kustomization.yaml"), "resources:\n  - ping.yaml\n");
    Deployment deployment = Deployment.read(base, eventing);
    assertThat(deployment.functions()).containsExactly("outbox");
    assertThat(deployment.pings()).hasSize(1);
    assertThat(deployment.consumers()).containsExactly("outbox");
  }

  @Test
  void read_sinkBinding_isForTheServicesThatHaveItsLabels() throws IOException {
    Deployment deployment = read(SERVICE.formatted("jwks"), SERVICE.formatted("send, labels: {a: b, c: d}"),
        SERVICE.formatted("login, labels: {c: other}"), """
            apiVersion: sources.knative.dev/v1
            kind: SinkBinding
            spec: {subject: {selector: {matchLabels: {c: d}}}}
            """);
    assertThat(deployment.eventSources()).containsExactly("send");
  }

  @Test
  void read_scheduleThatLocalDoesNotUnderstand_namesIt() {
    assertThatIllegalStateException().isThrownBy(() -> read(ping("0 3 * * 1")))
      .withMessageContaining("0 3 * * 1");
  }

  private static String ping(String schedule) {
    return """
        apiVersion: sources.knative.dev/v1
        kind: PingSource
        spec:
          schedule: "%s"
          data: "{}"
          sink: {ref: {kind: Service, name: outbox}}
        """.formatted(schedule);
  }

  private static Route<Input> route(String method, String path) {
    return Route.open(method, path, "any", Input.class);
  }

  private Deployment read(String... documents) throws IOException {
    Files.writeString(base.resolve("all.yaml"), String.join("---\n", documents));
    Files.writeString(base.resolve("kustomization.yaml"), "resources:\n  - all.yaml\n");
    return Deployment.read(base);
  }
}
