package dev.knatter.functions.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
  void list_onLambda_isAnsweredAsHere(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys, Map.of("KNATTER_OPERATORS", "ada"))) {
      Lambda lambda = installation.onLambda(ListQuery.class, (env, stores, guard) -> List
        .of(DeadLettersEndpoints.endpoints(env, stores, guard).get(1)));
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          installation.authorization(installation.register("ada")));
      Lambda.Answer answer = lambda.post("/v1/dead-letters", headers, "{}");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().path("deadLetters").isArray()).isTrue();
      Map<String, String> others = Map.of("Content-Type", "application/json", "Authorization",
          installation.authorization(installation.register("grace")));
      assertThat(lambda.post("/v1/dead-letters", others, "{}").status()).isEqualTo(403);
    }
  }
}
