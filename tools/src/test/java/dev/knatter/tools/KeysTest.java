package dev.knatter.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.knatter.shared.token.KeyFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {
  private static final List<String> FILES = List.of("signing-key.json", "jwks.json", "cursor.key",
      "name.key");

  @TempDir
  private Path folder;

  @Test
  void main_aFolderAlone_makesKeysThere() throws Exception {
    Path fresh = folder.resolve("a/b");
    KeysMain.main(new String[]{fresh.toString()});

    for (String file : FILES) {
      assertThat(fresh.resolve(file)).exists();
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
    KeyFiles.write(folder);
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
    KeyFiles.write(folder);
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
    KeyFiles.write(folder);
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
}
