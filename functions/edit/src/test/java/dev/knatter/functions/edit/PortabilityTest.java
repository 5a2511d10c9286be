package dev.knatter.functions.edit;

import static dev.knatter.functions.testing.TestMessages.naming;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.chat.message.Message;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.functions.testing.TestMessages;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The same function object, on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @Test
  void edit_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys);
        TestMessages messages = new TestMessages(installation)) {
      Lambda lambda = installation.onLambda(EditRequest.class, EditEndpoints::endpoints);
      Identity ada = installation.register("ada");
      Message sent = messages.send(ada, ada, "helo");
      String body = new JsonMapper().writeValueAsString(naming(sent, "content", "hello"));
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          installation.authorization(ada));

      Lambda.Answer answer = lambda.post("/v1/edit", headers, body);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().path("content").asString()).isEqualTo("hello");

      Lambda.Answer refused = lambda.post("/v1/edit", Map.of("Content-Type", "application/json"), body);
      assertThat(refused.status()).isEqualTo(401);
    }
  }
}
