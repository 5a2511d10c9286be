package dev.knatter.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

final class OverlayTest {
  private static final String RENDERED = """
      apiVersion: serving.knative.dev/v1
      kind: Service
      spec: {template: {spec: {containers: [{name: a}]}}}
      ---
      kind: Service
      spec:
        containers:
        - image: registry.example.com:5000/chat/knatter-send:0.1.0
          name: send
        - name: other
          image: dev.local/knatter-login:dev
        - image: docker.io/library/redis:6.2
      ---
      kind: Gateway
      spec:
        gatewayClassName: eg
      ---
      kind: Broker
      metadata: {annotations: {eventing.knative.dev/broker.class: Kafka}}
      ---
      kind: HTTPRoute
      spec:
        rules: []
      ---
      kind: HTTPRoute
      spec:
        hostnames:
        - chat.example.com
      """;
  private static final List<String> IMAGES = List.of("dev.local/knatter-login",
      "registry.example.com:5000/chat/knatter-send");

  @Test
  void images_areOursAlone() {
    assertThat(Overlay.images(RENDERED)).isEqualTo(IMAGES);
  }

  @Test
  void host_isThatOfTheRoute() {
    assertThat(Overlay.host(RENDERED)).isEqualTo("chat.example.com");
  }

  @Test
  void gatewayClass_isThatOfTheGateway() {
    assertThat(Overlay.gatewayClass(RENDERED)).isEqualTo("eg");
  }

  @Test
  void brokerClass_isThatOfTheBroker() {
    assertThat(Overlay.brokerClass(RENDERED)).contains("Kafka");
    assertThat(Overlay.brokerClass("kind: Broker\nmetadata: {name: default}")).isEmpty();
    assertThat(Cluster.noBroker("Kafka", "kafka-broker-receiver", "production")).contains("class Kafka",
        "kafka-broker-receiver", "knative/overlays/production/kustomization.yaml", "--without-eventing");
  }

  @Test
  void nothingAskedFor_leavesTheOverlayAsItIs() {
    Map<String, Object> kustomization = kustomization();
    assertThat(kustomization).containsOnlyKeys("apiVersion", "kind", "resources")
      .containsEntry("resources", List.of("../../knative/overlays/development"));
  }

  @Test
  void registryAndTag_areForEachImage() {
    assertThat(kustomization("--registry", "localhost:5001/", "--tag", "1.10").get("images"))
      .isEqualTo(List.of(
          Map.of("name", IMAGES.getFirst(), "newName", "localhost:5001/knatter-login", "newTag", "1.10"),
          Map.of("name", IMAGES.getLast(), "newName", "localhost:5001/knatter-send", "newTag", "1.10")));
  }

  @Test
  void host_isInRouteListenersAndTokens() {
    String text = kustomization("--overlay", "production", "--host", "talk.example.org").toString();
    assertThat(text.split("value: talk.example.org", -1)).hasSize(4);
    assertThat(text).contains("KNATTER_TOKEN_ISSUER=https://talk.example.org", "overlays/production");
  }

  @Test
  void gatewayClassAskedFor_isThatOfTheGateway() {
    assertThat(String.valueOf(kustomization("--gateway-class", "contour").get("patches")))
      .contains("path: /spec/gatewayClassName, value: \"contour\"");
  }

  @Test
  void withoutGatewayAndEventing_leavesTheirKindsOutAndTakesTheCronJob() {
    Map<String, Object> kustomization = kustomization("--without-gateway", "--without-eventing", "--host",
        "a.b");
    assertThat(kustomization.get("resources"))
      .isEqualTo(List.of("../../knative/overlays/development", "../../knative/cron"));
    assertThat(kustomization.get("patches")).asInstanceOf(LIST)
      .allSatisfy(patch -> assertThat(patch.toString()).contains("$patch: delete"))
      .hasSize(6);
    assertThat(Cluster.needed(DeployOptions.parse(List.of("--without-gateway", "--without-eventing"))))
      .containsExactly("services.serving.knative.dev");
    assertThat(Cluster.needed(DeployOptions.parse(List.of()))).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--images nowhere", "--gateway-class eg --without-gateway", "--overlay staging",
      "--host https://chat.example.com", "--host a:443", "--tags 1",
      "--tag"})
  void misspeltOption_isNamed(String words) {
    assertThatThrownBy(() -> DeployOptions.parse(List.of(words.split(" "))))
      .isInstanceOf(IllegalArgumentException.class)
      .message()
      .isNotBlank()
      .satisfies(message -> assertThat(words.split(" ")).anyMatch(message::contains));
  }

  @Test
  void imageMadeAnew_changesTheTemplateOfItsFunctionAlone(@TempDir Path made) throws IOException {
    Files.writeString(made.resolve("knatter-send.digest"), "sha256:0123");
    Files.writeString(made.resolve("knatter-other.digest"), "sha256:4567");

    Map<String, String> digests = Overlay.digests(made, IMAGES);

    assertThat(digests).isEqualTo(Map.of("send", "sha256:0123"));
    assertThat(DeployMain.told(made, digests, 2)).startsWith("send sha256:0123").contains("others");
    assertThat(DeployMain.told(made, Map.of(), 2)).contains(made.toString());
    Map<String, Object> kustomization = new Yaml().load(
        new Kustomization(DeployOptions.parse(List.of("--host", "chat.example.org")), IMAGES, digests)
          .text());
    assertThat(kustomization.get("patches")).asInstanceOf(LIST)
      .hasSize(3)
      .last()
      .asString()
      .contains("name=send", "/spec/template/metadata/annotations/knatter.dev~1image", "sha256:0123");
  }

  private static Map<String, Object> kustomization(String... words) {
    return new Yaml().load(new Kustomization(DeployOptions.parse(List.of(words)), IMAGES, Map.of()).text());
  }
}
