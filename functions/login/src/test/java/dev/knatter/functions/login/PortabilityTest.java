package dev.knatter.functions.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same function object, on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @Test
  void login_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(LoginRequest.class, LoginEndpoints::endpoints);
      Identity ada = installation.register("ada");
      Map<String, String> json = Map.of("Content-Type", "application/json");

      Lambda.Answer opened = lambda.post("/v1/login", json,
          "{\"username\":\"Ada\",\"password\":\"correct horse\"}");
      assertThat(opened.status()).isEqualTo(200);
      assertThat(opened.body().path("userId").asString()).isEqualTo(ada.userId().toString());

      Lambda.Answer refused = lambda.post("/v1/login", json,
          "{\"username\":\"ada\",\"password\":\"correct house\"}");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body().path("type").asString()).isEqualTo("urn:knatter:problem:unauthenticated");
    }
  }
}
