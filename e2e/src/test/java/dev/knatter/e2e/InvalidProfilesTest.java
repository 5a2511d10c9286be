package dev.knatter.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.deploy.Secrets;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each way to get a profile, a key, a password or a lookup wrong, and where the answer says it is wrong. */
@OnLocal
final class InvalidProfilesTest {
  private final User ada;

  InvalidProfilesTest(Deployment deployment) {
    this.ada = User.create(deployment);
  }

  @TestFactory
  Stream<DynamicTest> request_withAMistake_is400AndSaysWhere() {
    return Stream.of(profiles(), keys(), passwords(), lookups(), queries())
      .flatMap(mistakes -> mistakes)
      .map(mistake -> mistake.test(ada::exchange));
  }

  private static Stream<BadRequestCase> profiles() {
    return Stream.of(
        profile("displayName", "nothing", ""),
        profile("displayName", "blank", "  "),
        profile("displayName", "65 characters", "d".repeat(65)),
        profile("displayName", "line break", "a\nb"),
        profile("displayName", "line separator", "a\u2028b"),
        profile("displayName", "paragraph separator", "a\u2029b"),
        profile("displayName", "override of the direction", "a\u202eb"),
        profile("displayName", "no-break space", "\u00a0"),
        profile("displayName", "characters without width", "\u200b\u200c\u2060\ufeff\u00ad"),
        profile("displayName", "Hangul filler", "\u3164"),
        profile("displayName", "blank of Braille", "\u2800"),
        profile("displayName", "number", 7),
        profile("displayName", "list", new String[]{"Ada"}),
        profile("phoneNumber", "without plus", "442071838750"),
        profile("phoneNumber", "16 digits", "+1234567890123456"),
        profile("phoneNumber", "truth", true),
        BadRequestCase.at("/username", "profile unknown field",
            Request.of("PATCH", "/v1/me").json(Map.of("username", "eve"))),
        BadRequestCase.at("", "profile list", Request.of("PATCH", "/v1/me").jsonText("[]")),
        BadRequestCase.at("", "profile null", Request.of("PATCH", "/v1/me").jsonText("null")));
  }

  private static BadRequestCase profile(String field, String what, Object value) {
    return BadRequestCase.at("/" + field, field + ": " + what,
        Request.of("PATCH", "/v1/me").json(Map.of(field, value)));
  }

  private static Stream<BadRequestCase> keys() {
    return Stream.of(
        key("algorithm", "nothing", ""),
        key("algorithm", "space", "X 25519"),
        key("algorithm", "65 characters", "a".repeat(65)),
        key("algorithm", "umlaut", "\u00e4"),
        key("publicKey", "nothing", ""),
        key("publicKey", "one character", "A"),
        key("publicKey", "too much padding", "AAA=="),
        key("publicKey", "white space", "AAAA AAAA"),
        key("publicKey", "4,100 characters", "A".repeat(4_100)),
        key("device", "nothing", ""),
        key("device", "65 characters", "d".repeat(65)),
        key("device", "nothing to see", "\u200b"),
        BadRequestCase.at("/keyId", "deleted keyId: colon", Request.of("DELETE", "/v1/me/keys/a:b")),
        BadRequestCase.at("/keyId", "deleted keyId: 65 characters",
            Request.of("DELETE", "/v1/me/keys/" + "k".repeat(65))),
        BadRequestCase.at("/keyId", "keyId: colon", Request.of("PUT", "/v1/me/keys/a:b").json(key())),
        BadRequestCase.at("/keyId", "keyId: 65 characters",
            Request.of("PUT", "/v1/me/keys/" + "k".repeat(65)).json(key())),
        BadRequestCase.at("/publicKey", "key without its bytes",
            Request.of("PUT", "/v1/me/keys/k").json(Map.of("algorithm", "X25519"))),
        BadRequestCase.at("/keyId", "key that names another",
            Request.of("PUT", "/v1/me/keys/k")
              .json(Map.of("keyId", "j", "algorithm", "X25519", "publicKey", "AAAA"))));
  }

  private static Map<String, String> key() {
    return new HashMap<>(Map.of("algorithm", "X25519", "publicKey", "AAAA"));
  }

  private static BadRequestCase key(String field, String what, String value) {
    Map<String, String> key = key();
    key.put(field, value);
    return BadRequestCase.at("/" + field, field + ": " + what, Request.of("PUT", "/v1/me/keys/k").json(key));
  }

  private Stream<BadRequestCase> passwords() {
    String good = Secrets.text("password");
    return Stream.of(
        password("/new", Map.of("current", good, "new", "7 chars")),
        password("/new", Map.of("current", good, "new", "p".repeat(257))),
        password("/new", Map.of("current", good, "new", "e\u0301".repeat(7))),
        password("/new", Map.of("current", good, "new", "password1")),
        password("/new", Map.of("current", good, "new", ada.name())),
        password("/new", Map.of("current", good)),
        password("/current", Map.of("new", good)),
        password("/current", Map.of("current", 12_345_678, "new", good)),
        password("/username", Map.of("current", good, "new", good, "username", "eve")));
  }

  private static BadRequestCase password(String pointer, Map<String, ?> body) {
    return BadRequestCase.at(pointer, "password " + pointer + " of " + body.size(),
        Request.of("PUT", "/v1/me/password").json(body));
  }

  private static Stream<BadRequestCase> lookups() {
    return Stream.of(
        lookup("/phoneNumber", Map.of()),
        lookup("/phoneNumber", Map.of("phoneNumber", "+0123456789")),
        lookup("/phoneNumber", Map.of("phoneNumber", 442_071_838)),
        lookup("/username", Map.of("phoneNumber", "+442071838750", "username", "ada")));
  }

  private static BadRequestCase lookup(String pointer, Map<String, ?> body) {
    return BadRequestCase.at(pointer, "lookup " + pointer + " of " + body.size(),
        Request.post("/v1/users/lookup").json(body));
  }

  private static Stream<BadRequestCase> queries() {
    return Stream.of("/v1/me", "/v1/blocks", "/v1/users/ada")
      .map(path -> BadRequestCase.at("/limit", path + " unknown parameter",
          Request.get(path).query("limit", "1")));
  }
}
