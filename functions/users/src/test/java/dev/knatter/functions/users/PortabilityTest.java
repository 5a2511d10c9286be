package dev.knatter.functions.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.shared.token.Identity;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same function objects, on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @Test
  void users_onLambda_answerAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Identity ada = installation.register("ada");
      new PhoneNumbers(installation.stores().cassandra()).change(ada.userId(), "ada", "+442071838750");
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          installation.authorization(ada));

      Lambda byName = installation.onLambda(UserQuery.class, UsersEndpoints::endpoints);
      Lambda.Answer found = byName.post("/v1/users/ada", headers, "{\"username\":\"ada\"}");
      assertThat(found.status()).isEqualTo(200);
      assertThat(found.body().path("userId").asString()).isEqualTo(ada.userId().toString());
      assertThat(byName.post("/v1/users/x", headers, "{\"username\":\"nobody\"}").status()).isEqualTo(404);

      Lambda byNumber = installation.onLambda(LookupRequest.class,
          (env, stores, guard) -> UsersEndpoints.endpoints(env, stores, guard).subList(1, 2));
      Lambda.Answer looked = byNumber.post("/v1/users/lookup", headers,
          "{\"phoneNumber\":\"+442071838750\"}");
      assertThat(looked.body()).isEqualTo(found.body());
    }
  }
}
