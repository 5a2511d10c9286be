package dev.knatter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.knatter.chat.event.EventSources;
import dev.knatter.embedded.CannotStartException;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {
  @TempDir
  Path data;

  @Test
  void makeMissing_inAnEmptyFolder_makesAPairThatFits() throws Exception {
    Keys keys = keys(Map.of());
    keys.makeMissing();
    RSAKey signing = RSAKey.parse(Files.readString(keys.signing()));
    assertThat(signing.isPrivate()).isTrue();
    JWKSet published = JWKSet.load(keys.jwks().toFile());
    assertThat(published.getKeyByKeyId(signing.getKeyID()).isPrivate()).isFalse();
    assertThat(keys.cursor()).isNotEmptyFile();
    try (var files = Files.list(keys.signing().resolveSibling(""))) {
      assertThat(files.map(file -> file.getFileName().toString()))
        .containsExactlyInAnyOrder("signing-key.json", "jwks.json", "cursor.key", "name.key",
            "event-sources.json", ".lock");
    }
  }

  @Test
  void makeMissing_again_changesNothing() throws Exception {
    Keys keys = keys(Map.of());
    keys.makeMissing();
    String signing = Files.readString(keys.signing());
    String cursor = Files.readString(keys.cursor());
    keys.makeMissing();
    assertThat(keys.signing()).hasContent(signing);
    assertThat(keys.cursor()).hasContent(cursor);
  }

  @Test
  void of_namedSigningKey_takesTheOthersBesideIt() {
    Path shared = data.resolve("shared/signing-key.json");
    Keys keys = keys(Map.of("KNATTER_SIGNING_KEY_FILE", shared.toString()));
    assertThat(keys.jwks()).isEqualTo(data.resolve("shared/jwks.json"));
    assertThat(keys.cursor()).isEqualTo(data.resolve("shared/cursor.key"));
  }

  @Test
  void eventSources_areMadeUnlessTheEnvironmentContainsThem() {
    Keys keys = keys(Map.of());
    keys.makeMissing();
    Path made = data.resolve("keys/event-sources.json");
    assertThat(keys.env()).containsEntry("KNATTER_EVENT_SOURCES_FILE", made.toString());
    assertThat(EventSources.from(Env.of(keys.env())).of("/local")).hasSize(1);

    Keys given = keys(Map.of("KNATTER_EVENT_SOURCES", "{\"sources\":[]}"));
    given.makeMissing();
    assertThat(given.env()).doesNotContainKey("KNATTER_EVENT_SOURCES_FILE");
  }

  @Test
  void makeMissing_publicKeysLost_areMadeFromTheSigningKey() throws Exception {
    Keys keys = keys(Map.of());
    keys.makeMissing();
    String published = Files.readString(keys.jwks());
    Files.delete(keys.jwks());
    keys.makeMissing();
    assertThat(JWKSet.parse(Files.readString(keys.jwks())).toString())
      .isEqualTo(JWKSet.parse(published).toString());
  }

  @Test
  void makeMissing_signingKeyLost_saysSo() throws Exception {
    Keys keys = keys(Map.of());
    keys.makeMissing();
    Files.delete(keys.signing());
    assertThatThrownBy(keys::makeMissing)
      .isInstanceOf(CannotStartException.class)
      .hasMessageContaining(keys.signing().toString());
  }

  @Test
  void forget_namedFiles_stay() {
    LocalSettings settings = new LocalSettings(0, data,
        Map.of("KNATTER_SIGNING_KEY_FILE", data.resolve("mine/k").toString()));
    Keys.of(settings).makeMissing();
    Keys.forget(settings);
    assertThat(Keys.of(settings).signing()).exists();
  }

  private Keys keys(Map<String, String> env) {
    return Keys.of(new LocalSettings(0, data, env));
  }
}
