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

import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.shared.Env;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFilesTest {
  private static final List<String> FILES = List.of("signing-key.json", "jwks.json", "cursor.key",
      "name.key");

  @TempDir
  private Path folder;

  @Test
  void write_emptyFolder_writesFilesThatOnlyTheirOwnerReads() throws Exception {
    Path fresh = folder.resolve("a/b");
    KeyFiles.write(fresh);

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
  void write_oneFileExists_writesNone() throws IOException {
    for (String existing : FILES) {
      Path some = Files.createDirectory(folder.resolve("with-" + existing));
      Files.writeString(some.resolve(existing), "mine");

      assertThatThrownBy(() -> KeyFiles.write(some)).hasMessageContaining(existing);

      try (var files = Files.list(some)) {
        assertThat(files).containsExactly(some.resolve(existing));
      }
      assertThat(some.resolve(existing)).hasContent("mine");
    }
  }

  @Test
  void start_withFilesThatAreNoKeys_namesTheVariableAndQuotesNothing() throws IOException {
    KeyFiles.write(folder);
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
