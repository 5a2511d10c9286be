package dev.knatter.functions.register;

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

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  @Test
  void register_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(RegisterRequest.class, RegisterEndpoints::endpoints);
      String ada = "{\"username\":\"Ada\",\"password\":\"correct horse\"}";

      Lambda.Answer created = lambda.post("/v1/register", JSON, ada);
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.body().path("username").asString()).isEqualTo("ada");

      Lambda.Answer taken = lambda.post("/v1/register", JSON, ada);
      assertThat(taken.status()).isEqualTo(409);
      assertThat(taken.body().path("type").asString()).isEqualTo("urn:knatter:problem:username-taken");

      Lambda.Answer invalid = lambda.post("/v1/register", JSON,
          "{\"username\":\"ada\",\"password\":\"short\"}");
      assertThat(invalid.status()).isEqualTo(400);
      assertThat(invalid.body().path("errors").path(0).path("pointer").asString()).isEqualTo("/password");
    }
  }
}
