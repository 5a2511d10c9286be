package dev.knatter.e2e;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.knatter.e2e.deploy.Deployment;
import dev.knatter.e2e.deploy.OnLocal;
import dev.knatter.e2e.http.Request;
import dev.knatter.e2e.http.User;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each way to get a request about groups wrong, and where the answer says it is wrong. */
@OnLocal
final class InvalidGroupsTest {
  private static final String PATH = "/v1/conversations";
  private static final String SOME = PATH + "/" + UUID.randomUUID();

  private final User ada;

  InvalidGroupsTest(Deployment deployment) {
    this.ada = User.create(deployment);
  }

  @TestFactory
  Stream<DynamicTest> request_withAMistake_is400AndSaysWhere() {
    return Stream.of(groups(), members(), queries())
      .flatMap(mistakes -> mistakes)
      .map(mistake -> mistake.test(ada::exchange));
  }

  private static Stream<BadRequestCase> groups() {
    return Stream.of(
        group("name", "nothing", ""),
        group("name", "65 characters", "n".repeat(65)),
        group("name", "override of the direction", "a\u202eb"),
        group("name", "list", List.of("a")),
        group("members", "text", "grace"),
        group("members", "65", Collections.nCopies(65, "grace")),
        group("members", "nobody", List.of("no such user")),
        group("history", "another", "some"),
        group("retentionDays", "negative", -1),
        group("retentionDays", "too long", 3_651),
        group("retentionDays", "fraction", 1.5),
        BadRequestCase.at("/name", "no name", Request.post(PATH).json(Map.of())),
        BadRequestCase.at("/members", "form with a list",
            Request.post(PATH).form("name", "a", "members", "grace")),
        BadRequestCase.of("nothing to change", Request.of("PATCH", SOME).json(Map.of())),
        BadRequestCase.at("/conversationId", "no id",
            Request.of("PATCH", PATH + "/none").json(Map.of("name", "a"))),
        BadRequestCase.at("/If-Match", "version without quotes",
            Request.of("DELETE", SOME).header("If-Match", "7")));
  }

  private static BadRequestCase group(String field, String what, Object value) {
    Map<String, Object> body = new HashMap<>(Map.of("name", "engines"));
    body.put(field, value);
    return BadRequestCase.of(field + ": " + what, Request.post(PATH).json(body), "/" + field,
        "/" + field + "/0");
  }

  private static Stream<BadRequestCase> members() {
    String members = SOME + "/members";
    return Stream.of(
        BadRequestCase.at("/username", "nobody", Request.post(members).json(Map.of())),
        BadRequestCase.at("/usernames", "two ways",
            Request.post(members).json(Map.of("username", "a", "usernames", List.of("b")))),
        BadRequestCase.at("/role", "added as owner",
            Request.post(members).json(Map.of("username", "a", "role", "owner"))),
        BadRequestCase.at("/role", "no role", Request.of("PATCH", members + "/grace").json(Map.of())),
        BadRequestCase.at("/role", "unknown role",
            Request.of("PATCH", members + "/grace").json(Map.of("role", "king"))));
  }

  private static Stream<BadRequestCase> queries() {
    return Stream.of(
        BadRequestCase.at("/limit", "limit: none", Request.get(PATH).query("limit", "0")),
        BadRequestCase.at("/limit", "limit: 101", Request.get(SOME + "/members").query("limit", "101")),
        BadRequestCase.at("/before", "forged cursor", Request.get(PATH).query("before", "Zm9yZ2Vk")),
        BadRequestCase.at("/after", "forged cursor of members",
            Request.get(SOME + "/members").query("after", "Zm9yZ2Vk")),
        BadRequestCase.at("/conversationId", "id", Request.get(PATH + "/none")),
        BadRequestCase.at("/unknown", "unknown parameter", Request.get(PATH).query("unknown", "1")));
  }
}
