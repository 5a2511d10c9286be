package dev.knatter.functions.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same function object, on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @Test
  void send_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(SendRequest.class, SendEndpoints::endpoints);
      String ada = installation.authorization(installation.register("ada"));
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          ada, "Idempotency-Key", "\"note-1\"");

      Lambda.Answer sent = lambda.post("/v1/send", headers, "{\"to\":\"ada\",\"content\":\"a note\"}");
      assertThat(sent.status()).isEqualTo(201);
      assertThat(sent.body().path("sender").asString()).isEqualTo("ada");
      Lambda.Answer again = lambda.post("/v1/send", headers, "{\"to\":\"ada\",\"content\":\"a note\"}");
      assertThat(again.body().path("id")).isEqualTo(sent.body().path("id"));

      Lambda.Answer refused = lambda.post("/v1/send", Map.of("Content-Type", "application/json"),
          "{\"to\":\"ada\",\"content\":\"a note\"}");
      assertThat(refused.status()).isEqualTo(401);
    }
  }
}
