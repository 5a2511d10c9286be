package dev.knatter.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvTest {
  private static final String KEY = "AAECAwQFBgc=";

  @TempDir
  Path folder;

  private Env byFile(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), content);
    return Env.of(Map.of("SECRET_FILE", file.toString()));
  }

  @Test
  void secret_isTheVariableOrTheFile_withoutSpaceAroundIt() throws Exception {
    assertThat(Env.of(Map.of("SECRET", " a b\n")).findSecret("SECRET")).contains("a b");
    assertThat(byFile(" a b\n").findSecret("SECRET")).contains("a b");
    assertThat(byFile(" a b\n").requireSecret("SECRET")).isEqualTo("a b");
  }

  @Test
  void secretThatIsNowhere_isAbsent_andWhereItIsNeededNamesBothVariables() {
    Env env = Env.of(Map.of("SECRET", " "));
    assertThat(env.findSecret("SECRET")).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> env.requireSecret("SECRET"))
      .withMessageContainingAll("SECRET ", "SECRET_FILE");
  }

  @Test
  void secretTwice_stopsTheStart() {
    Env env = Env.of(Map.of("SECRET", "s3cret", "SECRET_FILE", "/nowhere"));
    assertThatIllegalStateException().isThrownBy(() -> env.findSecret("SECRET"))
      .withMessageContainingAll("SECRET ", "SECRET_FILE")
      .withMessageNotContaining("s3cret");
  }

  @Test
  void fileThatCannotBeRead_isNamed() {
    Env env = Env.of(Map.of("SECRET_FILE", folder.resolve("nowhere").toString()));
    assertThatIllegalStateException().isThrownBy(() -> env.findSecret("SECRET"))
      .withMessageContainingAll("SECRET_FILE", "nowhere");
  }

  @Test
  void key_isOfItsLength() throws Exception {
    assertThat(Env.of(Map.of("SECRET", KEY)).requireKey("SECRET", 8)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(byFile(KEY).requireKey("SECRET", 8)).hasSize(8);
    assertThat(byFile("-_-_-_-_-_8").requireKey("SECRET", 8)).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAECAwQFBg==", "AAECAwQFBgcI", "no base64", "AAECAwQFBg-_"})
  void keyThatIsNone_stopsTheStartAndIsNotQuoted(String text) {
    assertThatIllegalStateException().isThrownBy(() -> Env.of(Map.of("SECRET", text)).requireKey("SECRET", 8))
      .withMessageContainingAll("SECRET", "8 bytes")
      .withMessageNotContaining(text)
      .withNoCause();
  }
}
