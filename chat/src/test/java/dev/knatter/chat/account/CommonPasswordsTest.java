package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.FieldError;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommonPasswordsTest {
  private static final Username ADA = new Username("ada.lovelace");

  private static List<String> lines() throws IOException {
    try (InputStream in = Objects
      .requireNonNull(CommonPasswords.class.getResourceAsStream("common-passwords.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void everyLine_isFoundAndWhatIsBetweenTwoIsNot() throws IOException {
    assertThat(lines()).hasSizeGreaterThan(8_000).allMatch(CommonPasswords::contains);
    assertThat(lines()).noneMatch(line -> CommonPasswords.contains(line + "\u0000"));
    assertThat(List.of("", " ", "\n", "~".repeat(300), "\ud83d\ude00")).noneMatch(CommonPasswords::contains);
  }

  @Test
  void lines_areSortedByTheirBytesAndInSmallLetters() throws IOException {
    List<String> sorted = lines().stream()
      .sorted((one, other) -> Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8),
          other.getBytes(StandardCharsets.UTF_8)))
      .distinct()
      .toList();

    assertThat(lines()).isEqualTo(sorted).allMatch(line -> line.equals(line.toLowerCase(Locale.ROOT)));
  }

  private static List<FieldError> errors(@Nullable String password) {
    Checks checks = new Checks();
    Passwords.checkNew(checks, password, ADA.value(), "/password");
    InvalidRequest refused = Assertions.catchThrowableOfType(InvalidRequest.class, checks::done);
    return refused == null ? List.of() : refused.errors();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "PassWord1", "123456789", "iloveyou", "Qwertyuiop"})
  void newPassword_thatIsCommon_isRefused(String password) {
    assertThat(errors(password)).containsExactly(
        new FieldError("/password", "is one that many people have; choose another"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada.lovelace", "Ada.Lovelace"})
  void newPassword_thatIsTheUsername_isRefused(String password) {
    assertThat(errors(password)).containsExactly(new FieldError("/password", "must not be the username"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"correct horse battery staple", "password of ada", "aaaaaaab", "lovelace.ada"})
  void newPassword_ofAnyOtherKind_isFine(String password) {
    assertThat(errors(password)).isEmpty();
  }

  @Test
  void newPassword_thatIsNone_isRefusedOnce() {
    assertThat(errors(null)).hasSize(1);
    assertThat(errors("short")).hasSize(1);
  }

  @Test
  void commonPassword_ofAnOldAccount_stillLogsIn() {
    Checks checks = new Checks();
    Passwords.check(checks, "password", "/password");

    Assertions.assertThatCode(checks::done).doesNotThrowAnyException();
  }
}
