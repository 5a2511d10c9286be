package dev.knatter.functions.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same function object, on Spring Cloud Function's adapter for AWS, which collects what it does not stream. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @Test
  void export_onLambda_isTheSameLinesInOneArray(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Lambda.Answer answer = installation.onLambda(ExportQuery.class, ExportEndpoints::endpoints)
        .post("/v1/me/export", Map.of("Content-Type", "application/json", "Authorization",
            installation.authorization(installation.register("ada"))), "{}");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().path(0).path(0).path("format").asString()).isEqualTo("knatter-export");
      assertThat(answer.body().path(0).path(1).path("username").asString()).isEqualTo("ada");
      assertThat(answer.body().path(0).get(answer.body().path(0).size() - 1).path("type").asString())
        .isEqualTo("end");
    }
  }
}
