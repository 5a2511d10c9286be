package dev.knatter.functions.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the same function object on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @Test
  void event_onLambda_isRefusedOrDoneLikeHere(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(byte[].class, DeliverEndpoints::endpoints);
      Map<String, String> headers = Map.of("Content-Type", "application/json");
      assertThat(lambda.post("/", headers, "{\"id\":\"x\"}").status()).isEqualTo(400);
    }
  }
}
