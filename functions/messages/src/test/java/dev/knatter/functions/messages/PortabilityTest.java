package dev.knatter.functions.messages;

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
  void messages_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(MessagesQuery.class, MessagesEndpoints::endpoints);
      String ada = installation.authorization(installation.register("ada"));
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          ada);

      Lambda.Answer page = lambda.post("/v1/messages", headers, "{\"with\":\"ada\",\"limit\":10}");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body().path("messages").isEmpty()).isTrue();
      assertThat(page.body().path("previous").asString()).isNotEmpty();

      Lambda.Answer unknown = lambda.post("/v1/messages", headers, "{\"with\":\"nobody\"}");
      assertThat(unknown.status()).isEqualTo(404);
      Lambda.Answer tooLong = lambda.post("/v1/messages", headers, "{\"wait\":26}");
      assertThat(tooLong.body().at("/errors/0/pointer").asString()).isEqualTo("/wait");
    }
  }
}
