package dev.knatter.functions.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Lambda;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same function objects, on Spring Cloud Function's adapter for AWS. */
final class PortabilityTest {
  @RegisterExtension
  static final RealStores real = RealStores.ofProduct();

  @Test
  void account_onLambda_answersAsOverHttp(@TempDir Path keys) throws Exception {
    try (Installation installation = Installation.on(real, keys)) {
      Map<String, String> headers = Map.of("Content-Type", "application/json", "Authorization",
          installation.authorization(installation.register("ada")));
      installation.register("grace");

      Lambda change = on(installation, ProfileChange.class, "account-change");
      change.post("/v1/me", headers, "{\"displayName\":\"Ada\",\"phoneNumber\":\"+442071838750\"}");
      Lambda.Answer changed = change.post("/v1/me", headers, "{\"displayName\":null,\"readReceipts\":false}");
      assertThat(changed.body().path("readReceipts").asBoolean(true)).isFalse();
      assertThat(changed.body().path("displayName").isString()).isFalse();
      assertThat(changed.body().path("phoneNumber").asString()).isEqualTo("+442071838750");
      Lambda.Answer read = on(installation, NoInput.class, "account").post("/v1/me", headers, "{}");
      assertThat(read.body()).isEqualTo(changed.body());

      assertThat(on(installation, KeyRequest.class, "account-put-key").post("/v1/me/keys/k", headers,
          "{\"keyId\":\"k\",\"algorithm\":\"X25519\",\"publicKey\":\"AAAA\"}")
        .status()).isEqualTo(204);
      assertThat(on(installation, KeyQuery.class, "account-delete-key")
        .post("/v1/me/keys/k", headers, "{\"keyId\":\"k\"}")
        .status()).isEqualTo(204);
      assertThat(on(installation, PasswordRequest.class, "account-password")
        .post("/v1/me/password", headers,
            "{\"current\":\"" + Installation.PASSWORD + "\",\"new\":\"battery staple\"}")
        .status()).isEqualTo(204);
      assertThat(on(installation, BlockQuery.class, "account-block")
        .post("/v1/blocks/grace", headers, "{\"username\":\"grace\"}")
        .status()).isEqualTo(204);
      assertThat(on(installation, NoInput.class, "account-blocks").post("/v1/blocks", headers, "{}")
        .body()
        .path("blocks")
        .size()).isEqualTo(1);
      assertThat(on(installation, BlockQuery.class, "account-unblock")
        .post("/v1/blocks/grace", headers, "{\"username\":\"nobody\"}")
        .status()).isEqualTo(404);
      Lambda.Answer erasure = on(installation, EraseRequest.class, "account-erase").post("/v1/me/erase",
          headers,
          "{\"password\":\"battery staple\"}");
      assertThat(erasure.status()).isEqualTo(202);
      assertThat(on(installation, ErasureQuery.class, "account-erasure")
        .post("/v1/erasures/x", Map.of("Content-Type", "application/json"),
            "{\"erasureId\":\"" + erasure.body().path("erasureId").asString() + "\"}")
        .body()).isEqualTo(erasure.body());
    }
  }

  private static <I> Lambda on(Installation installation, Class<I> input, String function) {
    return installation.onLambda(input, (env, stores, guard) -> AccountEndpoints.endpoints(env, stores, guard)
      .stream()
      .filter(endpoint -> endpoint.route().function().equals(function))
      .toList());
  }
}
