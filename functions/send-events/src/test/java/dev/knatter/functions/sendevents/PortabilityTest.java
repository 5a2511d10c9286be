package dev.knatter.functions.sendevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.knatter.chat.event.CommandType;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.functions.testing.TestEvents;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the same function object on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @Test
  void event_onLambda_isDoneAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(byte[].class, SendEventsEndpoints::endpoints);
      installation.register("ada");
      String data = "{\"from\":\"ada\",\"to\":\"ada\",\"content\":\"a note\"}";
      Map<String, String> headers = new HashMap<>();
      TestEvents.signed(TestEvents.SOURCE, CommandType.SEND, "note-1", data)
        .forEach((name, value) -> headers.put("ce-" + name, value));

      assertThat(lambda.event(headers, data)).isEmpty();
      assertThat(real.session().execute("SELECT id FROM timeline").all()).hasSize(1);
      assertThat(lambda.event(headers, data.replace("note", "nota"))).contains("knattersignature");
      assertThat(real.session().execute("SELECT id FROM timeline").all()).hasSize(1);
    }
  }
}
