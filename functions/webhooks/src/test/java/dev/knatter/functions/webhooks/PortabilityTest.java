package dev.knatter.functions.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the same function object on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @Test
  void create_onLambda_answersTheSame(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys,
        Map.of("KNATTER_WEBHOOKS_INSECURE", "true"))) {
      Lambda lambda = installation.onLambda(CreateRequest.class, WebhooksEndpoints::endpoints);
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          installation.authorization(installation.register("ada")));
      Lambda.Answer answer = lambda.post("/v1/webhooks", headers, "{\"url\":\"https://hooks.example.com/\"}");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.body().path("secret").asString()).startsWith("whsec_");
      assertThat(lambda.post("/v1/webhooks", headers, "{\"url\":\"https://10.0.0.1/\"}").status())
        .isEqualTo(400);
    }
  }
}
