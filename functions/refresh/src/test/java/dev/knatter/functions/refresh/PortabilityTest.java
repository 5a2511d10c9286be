package dev.knatter.functions.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.chat.account.Device;
import dev.knatter.chat.account.Login;
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
  void refresh_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(RefreshRequest.class, RefreshEndpoints::endpoints);
      Login login = installation.login(installation.register("ada"), Device.UNKNOWN);
      Map<String, String> json = Map.of("Content-Type", "application/json");

      Lambda.Answer renewed = lambda.post("/v1/refresh", json,
          "{\"refreshToken\":\"" + login.refreshToken().text() + "\"}");
      assertThat(renewed.status()).isEqualTo(200);
      assertThat(renewed.body().path("sessionId").asString())
        .isEqualTo(login.identity().sessionId().toString());

      Lambda.Answer refused = lambda.post("/v1/refresh", json, "{\"refreshToken\":\"none\"}");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body().path("type").asString()).isEqualTo("urn:knatter:problem:unauthenticated");
    }
  }
}
