package dev.knatter.functions.jwks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.functions.testing.Answer;
import dev.knatter.functions.testing.Installation;
import dev.knatter.functions.testing.Pod;
import dev.knatter.shared.Env;
import dev.knatter.testing.RealStores;
import dev.knatter.tools.KeysMain;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class JwksTest {
  @RegisterExtension
  static final RealStores stores = RealStores.ofProduct();

  private static final String PATH = "/.well-known/jwks.json";
  @TempDir
  private static Path keys;
  private static Installation installation;
  private static Pod pod;

  @BeforeAll
  static void open() throws Exception {
    installation = Installation.on(stores, keys);
    KeysMain.main(new String[]{"add", keys.toString()});
    pod = installation.start((env, _, _) -> JwksEndpoints.endpoints(env));
  }

  @AfterAll
  static void close() {
    pod.close();
    installation.close();
  }

  @Test
  void jwks_always_isThePublicKeysAndMayBeKept() throws Exception {
    Answer answer = pod.get(PATH);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("Cache-Control")).contains("public, max-age=300");
    List<JWK> published = JWKSet.parse(answer.http().body()).getKeys();
    assertThat(published).hasSize(2)
      .isEqualTo(JWKSet.parse(Files.readString(keys.resolve("jwks.json"))).getKeys())
      .noneMatch(JWK::isPrivate);
    assertThat(answer.body().path("keys").path(0).propertyNames()).containsExactlyInAnyOrder("kty", "use",
        "alg", "kid", "n", "e");
  }

  @Test
  void jwks_ofAFileWithPrivateKeys_areThePublicPartsOnly() throws Exception {
    JWKSet careless = new JWKSet(JWK.parse(Files.readString(keys.resolve("signing-key.json"))));
    Path file = Files.writeString(keys.resolve("careless.json"),
        careless.toString(/* publicKeysOnly= */ false));
    Env env = Env.of(Map.of("KNATTER_JWKS_FILE", file.toString()));
    try (Pod careful = installation.start((_, _, _) -> JwksEndpoints.endpoints(env))) {
      List<JWK> published = JWKSet.parse(careful.get(PATH).http().body()).getKeys();
      assertThat(published).hasSize(1).noneMatch(JWK::isPrivate);
    }
  }

  @Test
  void jwks_knownByItsTag_is304() {
    String tag = pod.get(PATH).header("ETag").orElseThrow();
    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      Answer answer = pod.get(PATH, "If-None-Match", known);
      assertThat(answer.status()).as(known).isEqualTo(304);
      assertThat(answer.http().body()).isEmpty();
      assertThat(answer.header("ETag")).contains(tag);
      assertThat(answer.header("Cache-Control")).contains("public, max-age=300");
    }
    assertThat(pod.get(PATH, "If-None-Match", "\"other\"").status()).isEqualTo(200);
  }

  @Test
  void jwks_withWhatItDoesNotKnow_is400() {
    assertThat(pod.get(PATH + "?kid=1").status()).isEqualTo(400);
  }

  @Test
  void jwks_whileBothStoresAreAway_is200() {
    stores.cassandra().cut();
    stores.redis().cut();
    assertThat(pod.get(PATH).status()).isEqualTo(200);
    stores.cassandra().restore();
    stores.redis().restore();
  }
}
