package dev.knatter.functions.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.knatter.chat.message.Message;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.reading.ReadMarks.UpTo;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.functions.testing.TestMessages;
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
  void read_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys);
        TestMessages messages = new TestMessages(installation)) {
      Lambda lambda = installation.onLambda(ReadRequest.class, ReadEndpoints::endpoints);
      Identity ada = installation.register("ada");
      Message sent = messages.send(ada, ada, "hello");
      String body = "{\"conversationId\":\"%s\",\"upTo\":\"%s\"}".formatted(sent.conversationId(), sent.id());
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          installation.authorization(ada));

      assertThat(lambda.post("/v1/read", headers, body).status()).isEqualTo(204);
      List<UpTo> marks = new ReadMarks(installation.stores().cassandra()).all(ada.userId());
      assertThat(marks).containsExactly(new UpTo(sent.conversationId(), sent.id()));

      Lambda.Answer refused = lambda.post("/v1/read", Map.of("Content-Type", "application/json"), body);
      assertThat(refused.status()).isEqualTo(401);
    }
  }
}
