package dev.knatter.functions.sessions;

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
  void sessions_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(SessionsQuery.class, SessionsEndpoints::endpoints);
      Login login = installation.login(installation.register("ada"), Device.UNKNOWN);

      Lambda.Answer list = lambda.post("/v1/sessions", Map.of("Content-Type", "application/json",
          "Authorization", "Bearer " + login.accessToken()), "{}");
      assertThat(list.status()).isEqualTo(200);
      assertThat(list.body().path("sessions").path(0).path("sessionId").asString())
        .isEqualTo(login.identity().sessionId().toString());
    }
  }
}
