package dev.knatter.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Client;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each way to get a registration or a login wrong, and where the answer says it is wrong. */
@OnLocal
final class InvalidAccountsTest {
  private static final String REGISTER = "/v1/register";
  private static final String LOGIN = "/v1/login";
  private static final String PASSWORD = Secrets.text("password");

  private final Deployment deployment;

  InvalidAccountsTest(Deployment deployment) {
    this.deployment = deployment;
  }

  @TestFactory
  Stream<DynamicTest> request_withAMistake_is400AndSaysWhere() {
    return Stream.of(usernames(), passwords(), newPasswords(), profiles(), devices(), bodies())
      .flatMap(mistakes -> mistakes)
      .map(mistake -> mistake.test(request -> Client.exchange(deployment, request)));
  }

  private static Stream<BadRequestCase> usernames() {
    return Stream.of(REGISTER, LOGIN)
      .flatMap(path -> Stream.of(
          at(path, "username", "two characters", "ab"),
          at(path, "username", "33 characters", "a".repeat(33)),
          at(path, "username", "nothing", ""),
          at(path, "username", "leading dot", ".ada"),
          at(path, "username", "leading dash", "-ada"),
          at(path, "username", "leading underscore", "_ada"),
          at(path, "username", "space", "ada lovelace"),
          at(path, "username", "line break at the end", "ada\n"),
          at(path, "username", "slash", "ada/x"),
          at(path, "username", "umlaut", "\u00e4da"),
          at(path, "username", "Kelvin sign, which folds into k", "\u212aelvin"),
          at(path, "username", "long s, which folds into s", "\u017fam"),
          at(path, "username", "dotless i", "al\u0131ce"),
          at(path, "username", "fullwidth letters", "\uff41\uff44\uff41"),
          at(path, "username", "emoji", "ada😀"),
          at(path, "username", "NUL", "ada\u0000"),
          at(path, "username", "number", 12345),
          BadRequestCase.at("/username", path + " without username",
              Request.post(path).json(Map.of("password", PASSWORD)))));
  }

  private static Stream<BadRequestCase> newPasswords() {
    String name = User.freeName();
    return Stream.of(
        at(REGISTER, "password", "common", "password1"),
        at(REGISTER, "password", "common, in capitals", "QWERTYUIOP"),
        BadRequestCase.at("/password", "the username as password",
            Request.post(REGISTER).json(Map.of("username", name, "password", name))));
  }

  private static Stream<BadRequestCase> passwords() {
    return Stream.of(REGISTER, LOGIN)
      .flatMap(path -> Stream.of(
          at(path, "password", "7 characters", "7 chars"),
          at(path, "password", "7 characters of four bytes", "🔑".repeat(7)),
          at(path, "password", "257 characters", "p".repeat(257)),
          at(path, "password", "7 characters in 14 code points", "e\u0301".repeat(7)),
          at(path, "password", "number", 1234567890),
          BadRequestCase.at("/password", path + " without password",
              Request.post(path).json(Map.of("username", User.freeName()))),
          BadRequestCase.of(path + " password: unpaired surrogate", Request.post(path)
            .jsonText("{\"username\":\"" + User.freeName() + "\",\"password\":\"qzxq-password\\ud83d\"}"),
              "/password",
              "")));
  }

  private static Stream<BadRequestCase> profiles() {
    return Stream.of(
        at(REGISTER, "phoneNumber", "without plus", "442071838750"),
        at(REGISTER, "phoneNumber", "leading zero", "+042071838750"),
        at(REGISTER, "phoneNumber", "16 digits", "+1234567890123456"),
        at(REGISTER, "phoneNumber", "spaces", "+44 20 7183 8750"),
        at(REGISTER, "phoneNumber", "digits of another script", "+\u0661\u0662\u0663\u0664\u0665\u0666"),
        at(REGISTER, "displayName", "nothing", ""),
        at(REGISTER, "displayName", "65 characters", "d".repeat(65)),
        at(REGISTER, "displayName", "nothing to see", "\u2060\u3164 "),
        at(REGISTER, "displayName", "line separator", "a\u2028b"),
        unknown(REGISTER, "userId"),
        unknown(REGISTER, "admin"),
        unknown(LOGIN, "sub"));
  }

  private static Stream<BadRequestCase> devices() {
    return Stream.of(
        at(LOGIN, "device", "text", "telephone"),
        device("name", "d".repeat(65)),
        device("name", ""),
        device("name", "\u00ad\u200c"),
        device("address", "a".repeat(129)),
        device("keyId", "phone/1"),
        device("algorithm", "a".repeat(65)),
        device("publicKey", "not base64!"),
        device("publicKey", "A".repeat(4097)),
        BadRequestCase.at("/device/owner", "device with an unknown field",
            device(Map.of("owner", "somebody"))),
        BadRequestCase.at("/device", "device with a part of a key", device(Map.of("keyId", "phone-1"))),
        BadRequestCase.at("/device.name", "dotted form field",
            Request.post(LOGIN).form("username", User.freeName(), "password", PASSWORD, "device.name", "x")),
        BadRequestCase.at("/password", "repeated form field",
            Request.post(LOGIN)
              .form("username", User.freeName(), "password", PASSWORD, "password", PASSWORD)));
  }

  private static Stream<BadRequestCase> bodies() {
    return Stream.of(REGISTER, LOGIN)
      .flatMap(path -> Stream.of(
          BadRequestCase.of(path + " nothing", Request.post(path).jsonText("")),
          BadRequestCase.of(path + " list", Request.post(path).jsonText("[]")),
          BadRequestCase.of(path + " unfinished", Request.post(path).jsonText("{\"password\":\"" + PASSWORD)),
          BadRequestCase.of(path + " repeated field", Request.post(path)
            .jsonText(
                "{\"username\":\"" + User.freeName() + "\",\"password\":\"" + PASSWORD
                    + "\",\"password\":\"x\"}"),
              "/password", "")));
  }

  private static BadRequestCase at(String path, String field, String what, Object value) {
    Map<String, Object> fields = new HashMap<>(Map.of("username", User.freeName(), "password", PASSWORD));
    fields.put(field, value);
    return BadRequestCase.at("/" + field, path + " " + field + ": " + what, Request.post(path).json(fields));
  }

  private static BadRequestCase unknown(String path, String field) {
    return BadRequestCase.at("/" + field, path + " unknown " + field,
        Request.post(path).json(Map.of("username", User.freeName(), "password", PASSWORD, field, "x")));
  }

  /** A device with a key, of which one part is wrong. */
  private static BadRequestCase device(String field, String value) {
    Map<String, String> device = new HashMap<>(Map.of("keyId", "phone-1", "algorithm", "X25519", "publicKey",
        "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="));
    device.put(field, value);
    return BadRequestCase.at("/device/" + field, "device." + field + " of " + value.length(), device(device));
  }

  private static Request device(Map<String, String> device) {
    return Request.post(LOGIN)
      .json(Map.of("username", User.freeName(), "password", PASSWORD, "device", device));
  }
}
