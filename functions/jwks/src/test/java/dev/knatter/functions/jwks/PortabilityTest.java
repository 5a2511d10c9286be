package dev.knatter.functions.jwks;

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
  void jwks_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda lambda = installation.onLambda(JwksQuery.class, (env, _, _) -> JwksEndpoints.endpoints(env));

      Lambda.Answer published = lambda.post("/.well-known/jwks.json",
          Map.of("Content-Type", "application/json"),
          "{}");
      assertThat(published.status()).isEqualTo(200);
      assertThat(published.body().path("keys").size()).isEqualTo(1);
    }
  }
}
