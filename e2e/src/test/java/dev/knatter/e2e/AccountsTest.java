package dev.knatter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Answer;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.Together;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, passwords, and who has them. */
@OnLocal
final class AccountsTest {
  private static final int AT_ONCE = 20;

  private final Deployment deployment;

  AccountsTest(Deployment deployment) {
    this.deployment = deployment;
  }

  @Test
  void register_twentyTimesAtOnce_is201OnceAndThatPasswordWorks() {
    String name = User.freeName();
    List<Integer> statuses = Together.all(AT_ONCE, number -> register(name, password(number)).status());
    assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
    int winner = statuses.indexOf(201);
    assertThat(login(name, password(winner)).status()).isEqualTo(200);
    assertThat(login(name, password((winner + 1) % AT_ONCE)).status()).isEqualTo(401);
  }

  @Test
  void register_ofANameThatIsTaken_is409AndTheFirstPasswordStillWorks() {
    User ada = User.create(deployment);
    for (String name : List.of(ada.name(), ada.name().toUpperCase(Locale.ROOT))) {
      Answer answer = register(name, password(2));
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.problem()).isEqualTo("username-taken");
    }
    assertThat(login(ada.name(), ada.password()).status()).isEqualTo(200);
    assertThat(login(ada.name(), password(2)).status()).isEqualTo(401);
  }

  @Test
  void register_upperCaseName_isStoredInLowerCase() {
    String name = User.freeName();
    Answer account = register(name.toUpperCase(Locale.ROOT), password(1));
    assertThat(account.text("username")).isEqualTo(name);
    assertThat(Duration.between(Instant.parse(account.text("createdAt")), Instant.now()).abs())
      .isLessThan(Duration.ofMinutes(1));
    for (String written : List.of(name, name.toUpperCase(Locale.ROOT))) {
      assertThat(login(written, password(1)).text("userId")).isEqualTo(account.text("userId"));
    }
  }

  @Test
  void register_asForm_is201() {
    String name = User.freeName();
    String password = Secrets.text("a+b & c=d % 🔑");
    Answer account = Client.exchange(deployment,
        Request.post("/v1/register")
          .form("username", name, "password",
              password, "phoneNumber", "+442071838750", "displayName", "Ada & Co. 👩‍💻"));
    assertThat(account.status()).isEqualTo(201);
    assertThat(
        Client.exchange(deployment, Request.post("/v1/login").form("username", name, "password", password))
          .status())
      .isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("names")
  void register_ofTheShortestAndLongestNames_is201(String name) {
    assertThat(register(name, password(1)).text("username")).isEqualTo(name);
    assertThat(login(name, password(1)).status()).isEqualTo(200);
  }

  /** Names that nobody else has, though these tests run twice on one set of stores. */
  static Stream<String> names() {
    String free = User.freeName();
    String few = free.substring(free.length() - 3);
    return Stream.of(few, (free + "0".repeat(32)).substring(0, 32), "0" + free, free + "._-", few + "--..__");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passwords")
  void login_withAnExtremePassword_worksWithThatOneOnly(String what, String password, String other) {
    deployment.secrets().add(password);
    String name = User.freeName();
    assertThat(register(name, password).status()).as(what).isEqualTo(201);
    assertThat(login(name, password).status()).as(what).isEqualTo(200);
    assertThat(login(name, other).status()).as(what).isEqualTo(401);
  }

  static Stream<Arguments> passwords() {
    return Stream.of(
        Arguments.of("8 characters", "qzxq-pwd", "qzxq-pwe"),
        Arguments.of("8 characters of four bytes", "🔑".repeat(8), "🔑".repeat(9)),
        Arguments.of("256 characters", "p".repeat(256), "p".repeat(255)),
        Arguments.of("256 characters of four bytes", "🔑".repeat(256), "🔑".repeat(255) + "🔒"),
        Arguments.of("spaces at the ends", " qzxq-pass ", "qzxq-pass"),
        Arguments.of("spaces alone", " ".repeat(8), " ".repeat(9)),
        Arguments.of("NUL in the middle", "qzxq-pa\u0000one", "qzxq-pa\u0000two"),
        Arguments.of("capitals", "qzxq-PASSword", "qzxq-password"),
        Arguments.of("other scripts", "ключ от сейфа", "ключ от сейфь"));
  }

  /** As two keyboards write it: the letter and its accent as one character, or one after the other. */
  @Test
  void password_inEitherUnicodeForm_isTheSame() {
    String name = User.freeName();
    String composed = "é".repeat(6) + password(1).substring(0, 2);
    String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
    String longest = "é".repeat(256);
    String longestDecomposed = Normalizer.normalize(longest, Normalizer.Form.NFD);
    deployment.secrets().add(longest);

    assertThat(register(name, decomposed).status()).isEqualTo(201);
    User ada = User.login(deployment, name, composed);
    assertThat(ada.exchange(Request.of("PUT", "/v1/me/password")
      .json(Map.of("current", composed, "new", longestDecomposed))).status()).isEqualTo(204);
    assertThat(login(name, longest).status()).isEqualTo(200);
    assertThat(
        ada.exchange(Request.post("/v1/me/erase").json(Map.of("password", longestDecomposed))).status())
      .isEqualTo(202);
  }

  @Test
  void login_withADevice_isASession() {
    User ada = User.create(deployment);
    Answer tokens = Client.exchange(deployment, Request.post("/v1/login")
      .json(Map.of("username", ada.name(), "password", ada.password(), "device",
          Map.of("name", "Ada's telephone 📱",
              "address", "fcm:dGVsZXBob25l", "keyId", "phone-1", "algorithm", "X25519", "publicKey",
              "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="))));
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(tokens.text("userId")).isEqualTo(ada.id());
    assertThat(tokens.header("Cache-Control")).contains("no-store");
    assertThat(tokens.json().path("expiresIn").asInt()).isEqualTo(900);
    assertThat(tokens.json().path("refreshExpiresIn").asInt()).isEqualTo(30 * 24 * 3600);
  }

  @Test
  void login_twice_isTwoSessions() {
    User ada = User.create(deployment);
    Answer first = login(ada.name(), ada.password());
    Answer second = login(ada.name(), ada.password());
    assertThat(second.text("sessionId")).isNotEqualTo(first.text("sessionId"));
    assertThat(second.text("refreshToken")).isNotEqualTo(first.text("refreshToken"));
  }

  /** They take alike as well: AccountsTest of chat counts what is hashed. */
  @Test
  void login_ofNobodyAndWithAWrongPassword_answerAlike() {
    User ada = User.create(deployment);
    Answer wrong = login(ada.name(), password(1));
    Answer nobody = login(User.freeName(), password(1));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.body()).isEqualTo(wrong.body());
    assertThat(nobody.header("WWW-Authenticate")).isEqualTo(wrong.header("WWW-Authenticate"));
  }

  @Test
  void login_guessedTooOften_is429ForThatNameAlone() {
    User ada = User.create(deployment);
    User grace = User.create(deployment);
    Answer refused = Stream.generate(() -> login(ada.name(), password(1)))
      .limit(40)
      .filter(answer -> answer.status() != 401)
      .findFirst()
      .orElseThrow();
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.problem()).isEqualTo("rate-limited");
    assertThat(login(grace.name(), grace.password()).status()).isEqualTo(200);
    assertThat(ada.read().messages()).as("her open session is not touched").isEmpty();
  }

  private static String password(int number) {
    return Secrets.text("password " + number);
  }

  private Answer register(String name, String password) {
    return Client.exchange(deployment, User.registration(name, password));
  }

  private Answer login(String name, String password) {
    Answer answer = Client.exchange(deployment, User.credentials(name, password));
    deployment.secrets().add(answer.text("refreshToken"));
    return answer;
  }
}
