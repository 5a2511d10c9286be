package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.Objects;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.knatter.shared.Checks;
import dev.knatter.shared.DomainError.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordsTest {
  private final Passwords passwords = new Passwords(1);

  private static void check(String password) {
    Checks checks = new Checks();
    Passwords.check(checks, password, "/password");
    checks.done();
  }

  @Test
  void hash_namesOwaspsParametersAndMatchesOnlyItsPassword() {
    String hash = passwords.hash("correct horse");

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.verify("correct horse", hash)).isTrue();
    assertThat(passwords.verify("correct horsf", hash)).isFalse();
    assertThat(passwords.hash("correct horse")).isNotEqualTo(hash);
  }

  @Test
  void nobodysHash_costsTheSameAndMatchesNothing() {
    String stand = Passwords.dummyHash();
    Argon2Function real = Argon2Function.getInstanceFromHash(passwords.hash("correct horse"));

    assertThat(Argon2Function.getInstanceFromHash(stand)).isEqualTo(real);
    assertThat(passwords.verify("correct horse", null)).isFalse();
  }

  @Test
  void knownAndUnknownNames_costOneHashEach() {
    String hash = passwords.hash("correct horse");
    long before = passwords.hashCount();

    assertThat(passwords.verify("wrong", hash)).isFalse();
    assertThat(passwords.hashCount()).isEqualTo(before + 1);
    assertThat(passwords.verify("wrong", null)).isFalse();
    assertThat(passwords.hashCount()).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @CsvSource({"96, 8, 1", "128, 1, 1", "128, 2, 2", "128, 8, 2", "512, 4, 4", "16, 2, 1", "4096, 64, 64"})
  void atOnce_isWhatTheHeapHasRoomForAndTheProcessorsAreThereFor(long mebibytes, int processors, int hashes) {
    long survivors = mebibytes / 30; // SerialGC does not count one of its spaces
    assertThat(Passwords.maxConcurrent((mebibytes - survivors) << 20, processors)).isEqualTo(hashes);
  }

  @Test
  void stronger_ofTodaysParameters_isNone() {
    assertThat(passwords.upgrade("correct horse", passwords.hash("correct horse"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"19456, 1", "8192, 2", "12288, 3"})
  void stronger_ofLess_isAHashOfTheSamePasswordByTodaysParameters(int memory, int passes) {
    String weaker = Password.hash("correct horse")
      .addRandomSalt(16)
      .with(Argon2Function.getInstance(memory, passes, 1, 32, Argon2.ID))
      .getResult();
    String stronger = Objects.requireNonNull(passwords.upgrade("correct horse", weaker));

    assertThat(stronger).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.verify("correct horse", stronger)).isTrue();
  }

  @Test
  void hash_ofAnotherImplementation_matches() {
    String byBouncyCastle = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA"
        + "$U4CSgmCm5UojGpiDrBUcq+Cgerix+lUMTw4/zREvfUI";

    assertThat(passwords.verify("p\u00e4ssword \ud83d\udd11", byBouncyCastle)).isTrue();
  }

  @Test
  void anotherSpace_matches() {
    assertThat(passwords.verify("caf\u00e9\u00a0noir", passwords.hash("caf\u00e9 noir"))).isTrue();
  }

  @Test
  void samePasswordTypedOnAnotherKeyboard_matches() {
    assertThat(passwords.verify("cafe\u0301 noir", passwords.hash("caf\u00e9 noir"))).isTrue();
  }

  static String[] allowed() {
    return new String[]{"12345678", "x".repeat(256), "\ud83d\ude00".repeat(8), "\ud83d\ude00".repeat(256),
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007",
        "e\u0301".repeat(8), "e\u0301".repeat(256), "\u03b1\u0313\u0300\u0345".repeat(256),
        "\ufb2c\ufb2c\u05d0\u05d0",
        "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
        "        "};
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void eightTo256CharactersOfAnyUnicode_areAPassword(String password) {
    assertThatCode(() -> check(password)).doesNotThrowAnyException();
    assertThat(passwords.verify(password, passwords.hash(password))).isTrue();
  }

  static String[] refused() {
    return new String[]{"", "1234567", "\ud83d\ude00".repeat(7), "x".repeat(257), "1234567\ud83d",
        "\ude001234567", "e\u0301".repeat(7), "e\u0301".repeat(257), "\ufb2c".repeat(86),
        "e" + "\u0301".repeat(16_000)};
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void passwordInAnotherFormOfTheSameCharacters_isOneToo(String password) {
    for (Normalizer.Form form : new Normalizer.Form[]{Normalizer.Form.NFC, Normalizer.Form.NFD}) {
      assertThatCode(() -> check(Normalizer.normalize(password, form))).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource({"Ada.Lovelace, ada.lovelace", "\u212aate-kate, kate-kate"})
  void newPassword_thatIsTheUsername_isRefused(String password, String username) {
    Checks checks = new Checks();
    Passwords.checkNew(checks, password, username, "/new");

    assertThatThrownBy(checks::done).isInstanceOf(InvalidRequest.class);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void otherTexts_areRefused(String password) {
    assertThatThrownBy(() -> check(password)).isInstanceOf(InvalidRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada", "ada.lovelace", "0-0", "a_b", "abcdefghijklmnopqrstuvwxyz012345"})
  void usernames_thatAreValid_areFolded(String text) {
    assertThat(Username.parse(text)).hasValueSatisfying(
        name -> assertThat(name.value()).isEqualTo(text.replace('A', 'a')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", ".ada", "-ada", "_ada", "ada lovelace", "\u212Aelvin", "stra\u00dfe",
      "\u0130brahim",
      "abcdefghijklmnopqrstuvwxyz0123456", "ada\u0000", "ad\u00e4", "ada\n", "\ud83d\ude00\ud83d\ude00"})
  void usernames_thatAreNotValid_areNobodys(String text) {
    assertThat(Username.parse(text)).isEmpty();
  }
}
