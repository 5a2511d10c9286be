package dev.knatter.functions.eraseevents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

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
      Lambda lambda = installation.onLambda(byte[].class, EraseEventsEndpoints::endpoints);
      UUID ada = installation.register("ada").userId();
      String data = "{\"user\":\"ada\"}";
      Map<String, String> headers = new HashMap<>();
      TestEvents.signed(TestEvents.SOURCE, CommandType.ERASE, "1", data)
        .forEach((name, value) -> headers.put("ce-" + name, value));

      assertThat(lambda.event(headers, data.replace("ada", "eve"))).contains("knattersignature");
      assertThat(lambda.event(headers, data)).isEmpty();
      assertThat(real.session().execute("SELECT * FROM users WHERE user_id = ?", ada).all()).isEmpty();
    }
  }
}
