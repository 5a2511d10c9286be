package dev.knatter.shared.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {
  private static final List<String> FILES = List.of("signing-key.json", "jwks.json", "cursor.key",
      "name.key");

  @TempDir
  private Path folder;

  @Test
  void main_emptyFolder_writesFilesThatOnlyTheirOwnerReads() throws Exception {
    Path fresh = folder.resolve("a/b");
    KeysMain.main(new String[]{fresh.toString()});

    for (String file : FILES) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.resolve(file))))
        .isEqualTo("rw-------");
    }
    for (String name : List.of("cursor.key", "name.key")) {
      assertThat(Base64.getDecoder().decode(Files.readString(fresh.resolve(name)).strip())).hasSize(32);
    }
    JWKSet published = JWKSet.parse(Files.readString(fresh.resolve("jwks.json")));
    assertThat(published.getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
  }

  @Test
  void main_oneFileExists_writesNone() throws IOException {
    for (String existing : FILES) {
      Path some = Files.createDirectory(folder.resolve("with-" + existing));
      Files.writeString(some.resolve(existing), "mine");

      assertThatThrownBy(() -> KeysMain.write(some)).hasMessageContaining(existing);

      try (var files = Files.list(some)) {
        assertThat(files).containsExactly(some.resolve(existing));
      }
      assertThat(some.resolve(existing)).hasContent("mine");
    }
  }

  private void keys(String step) throws IOException {
    KeysMain.main(new String[]{step, folder.toString()});
  }

  private List<String> published() throws Exception {
    return JWKSet.parse(Files.readString(folder.resolve("jwks.json")))
      .getKeys()
      .stream()
      .map(key -> key.getKeyID())
      .toList();
  }

  private String signing() throws Exception {
    return JWK.parse(Files.readString(folder.resolve("signing-key.json"))).getKeyID();
  }

  @Test
  void rotation_stepByStep_hasTwoKeysLiveAndEndsWithTheNewOne() throws Exception {
    KeysMain.write(folder);
    String old = signing();

    keys("add");
    List<String> both = published();
    assertThat(both).hasSize(2).startsWith(old);
    assertThat(signing()).isEqualTo(old);
    keys("use");
    assertThat(published()).isEqualTo(both);
    assertThat(signing()).isEqualTo(both.getLast());
    keys("withdraw");
    assertThat(published()).containsExactly(both.getLast());

    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(FILES.size())
        .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------"));
    }
    assertThat(Files.readString(folder.resolve("jwks.json"))).doesNotContain("\"d\"");
  }

  @Test
  void rotation_stepTwice_isAsOnce() throws Exception {
    KeysMain.write(folder);
    keys("add");
    List<String> both = published();
    keys("add");
    assertThat(published()).isEqualTo(both);
    keys("use");
    keys("withdraw");
    keys("withdraw");
    assertThat(published()).containsExactly(both.getLast());
  }

  @Test
  void rotation_outOfOrder_isRefusedAndChangesNothing() throws Exception {
    KeysMain.write(folder);
    String old = signing();
    assertThatThrownBy(() -> keys("use")).hasMessageContaining("add a key first");
    keys("add");
    assertThatThrownBy(() -> keys("withdraw")).hasMessageContaining("use it first");
    assertThat(published()).hasSize(2);
    assertThat(signing()).isEqualTo(old);
    keys("use");
    assertThatThrownBy(() -> keys("add")).hasMessageContaining("withdraw the old one first");
    assertThat(published()).hasSize(2);
  }

  @Test
  void start_withFilesThatAreNoKeys_namesTheVariableAndQuotesNothing() throws IOException {
    KeysMain.write(folder);
    Path broken = Files.writeString(folder.resolve("broken"), "{\"kty\":\"RSA\",\"d\":\"c2VjcmV0\"");
    Path publicOnly = folder.resolve("jwks.json");

    for (Path file : List.of(broken, publicOnly)) {
      Env env = Env.of(Map.of("KNATTER_SIGNING_KEY_FILE", file.toString()));
      assertThatThrownBy(() -> TokenIssuer.from(env, Clock.systemUTC())).hasNoCause()
        .hasMessageContaining("KNATTER_SIGNING_KEY_FILE")
        .message()
        .doesNotContain("c2VjcmV0");
    }
    for (Path file : List.of(broken, folder.resolve("cursor.key"))) {
      Env env = Env.of(Map.of("KNATTER_JWKS_FILE", file.toString()));
      assertThatThrownBy(() -> TokenVerifier.from(env, Clock.systemUTC())).hasNoCause()
        .hasMessageContaining("KNATTER_JWKS_FILE");
    }
  }
}
