package dev.knatter.functions.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.knatter.adapter.stream.StreamEvent;
import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.Login;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The same function object, on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  private static final String OPENED = """
      {"type":"OPENED","kind":"WEBSOCKET","holder":"PROXY","connectionId":"one","query":{}}""";
  private static final String SYNC = """
      {"type":"TEXT","kind":"WEBSOCKET","holder":"PROXY","connectionId":"one","query":{},\
      "text":"{\\"type\\":\\"sync\\"}","state":"%s"}""";

  @Test
  void stream_onLambda_opensAndAnswersAConnection(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(StreamEvent.class, StreamEndpoints::endpoints);
      Login ada = installation.login(installation.register("ada"), Device.UNKNOWN);
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          "Bearer " + ada.accessToken());

      Lambda.Answer opened = lambda.post("/v1/stream", headers, OPENED);
      assertThat(opened.status()).isEqualTo(200);
      assertThat(opened.body().path("subscribe").size()).isEqualTo(4);
      assertThat(opened.body().at("/frames/0/text").asString()).contains("\"type\":\"hello\"");

      JsonNode state = opened.body().path("state");
      Lambda.Answer synced = lambda.post("/v1/stream", headers, SYNC.formatted(state.asString()));
      assertThat(synced.body().at("/frames/0/text").asString()).contains("\"type\":\"sync\"",
          "\"more\":false");

      String forged = state.asString().replace(ada.identity().userId().toString(), new UUID(0, 0).toString());
      assertThat(
          lambda.post("/v1/stream", headers, SYNC.formatted(forged)).body().at("/frames/0/text").asString())
        .contains("\"type\":\"bye\"");

      Identity gone = new Identity(ada.identity().userId(), ada.identity().username(), UUID.randomUUID());
      Instant now = Instant.now();
      assertThat(
          text(lambda, headers, installation, new ConnectionState(gone, now, now.plusSeconds(60), null)))
        .contains("\"type\":\"sync\"");
      assertThat(text(lambda, headers, installation,
          new ConnectionState(gone, now.minus(Duration.ofMinutes(16)), now.plusSeconds(60), null)))
        .as("a session that ended so long ago that its revocation is forgotten")
        .contains("\"reason\":\"revoked\"");

      Lambda.Answer refused = lambda.post("/v1/stream", Map.of("Content-Type", "application/json"), OPENED);
      assertThat(refused.status()).isEqualTo(401);
    }
  }

  private static String text(Lambda lambda, Map<String, String> headers, Installation installation,
      ConnectionState state) {
    StreamEvent event = new StreamEvent(StreamEvent.Type.TEXT, StreamEvent.Kind.WEBSOCKET,
        StreamEvent.Holder.PROXY, "one", Map.of(), null, null);
    String sealed = StateSeal.from(installation.env()).seal(event, state);
    return lambda.post("/v1/stream", headers, SYNC.formatted(sealed)).body().at("/frames/0/text").asString();
  }
}
