package dev.knatter.functions.conversations;

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
  void create_onLambda_answersTheSame(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(CreateRequest.class, ConversationsEndpoints::endpoints);
      installation.register("grace");
      Map<String, String> headers = Map.of("Content-Type", "application/json", "idempotency-key", "once",
          "Authorization", installation.authorization(installation.register("ada")));
      String body = "{\"name\":\"Engines\",\"members\":[\"grace\"]}";
      Lambda.Answer answer = lambda.post("/v1/conversations", headers, body);
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.body().path("memberCount").asInt()).isEqualTo(2);
      assertThat(lambda.post("/v1/conversations", headers, body).body().path("conversationId"))
        .isEqualTo(answer.body().path("conversationId"));
      assertThat(lambda.post("/v1/conversations", headers, "{\"name\":\"\"}").status()).isEqualTo(400);
    }
  }
}
