package dev.knatter.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.junit.jupiter.api.Test;

/** The check finds what it is there for. */
final class OperationTest {
  private static final Description DESCRIPTION = Description.load(true);
  private static final String PROBLEM = "application/problem+json";
  private static final Request SEND = User.message(Map.of("to", "grace", "content", "x")).bearer("token");
  private static final String NOT_FOUND = """
      {"type":"urn:knatter:problem:not-found","title":"There is nothing here","status":404}""";

  private final Operation send = Objects.requireNonNull(DESCRIPTION.operation("POST", "/v1/send"));
  private final Operation messages = Objects.requireNonNull(DESCRIPTION.operation("GET", "/v1/messages"));

  @Test
  void request_asDescribed_isRight() {
    assertThat(send.errors(SEND)).isEmpty();
    assertThat(send.errors(Request.post("/v1/send").form("to", "grace", "content", "x").bearer("token")))
      .isEmpty();
    assertThat(messages.errors(User.reading("with", "Grace", "limit", "100").bearer("token"))).isEmpty();
  }

  @Test
  void request_otherThanDescribed_isWrong() {
    assertThat(send.errors(User.message(Map.of("to", "grace", "content", "x")))).isNotEmpty();
    assertThat(
        send.errors(User.message(Map.of("to", "grace", "content", "x", "sender", "ada")).bearer("token")))
      .isNotEmpty();
    assertThat(send.errors(User.message(Map.of("content", "x")).bearer("token"))).isNotEmpty();
    assertThat(send.errors(SEND.header("Idempotency-Key", "\"half in quotes"))).isNotEmpty();
    assertThat(send.errors(SEND.query("to", "grace"))).isNotEmpty();
    assertThat(send.errors(SEND.body("text/plain", "x"))).isNotEmpty();
    assertThat(messages.errors(User.reading("limit", "101").bearer("token"))).isNotEmpty();
    assertThat(messages.errors(User.reading("limit", "ten").bearer("token"))).isNotEmpty();
    assertThat(messages.errors(User.reading("offset", "1").bearer("token"))).isNotEmpty();
  }

  @Test
  void answer_asDescribed_isRight() {
    assertThat(send.errors(SEND, answer(404, Map.of(), PROBLEM, NOT_FOUND))).isEmpty();
    assertThat(send.errors(SEND,
        answer(201, Map.of("Idempotency-Replayed", "true"), "application/json", message(""))))
      .isEmpty();
    assertThat(messages.errors(User.reading(),
        answer(200, Map.of("Vary", "Accept-Encoding"), "application/json",
            page(""))))
      .isEmpty();
  }

  @Test
  void answer_withAStatusThatIsNotDescribed_isWrong() {
    assertThat(send.errors(SEND, answer(200, Map.of(), "application/json", message("")))).hasSize(1);
    assertThat(send.errors(SEND, answer(404, Map.of(), PROBLEM, NOT_FOUND.replace("404", "410")))).hasSize(1);
  }

  @Test
  void answer_withAHeaderThatIsNotDescribed_isWrong() {
    assertThat(send.errors(SEND, answer(404, Map.of("Server", "x"), PROBLEM, NOT_FOUND))).hasSize(1);
    assertThat(send.errors(SEND, answer(404, Map.of("Retry-After", "1"), PROBLEM, NOT_FOUND))).hasSize(1);
    assertThat(
        send.errors(SEND, answer(201, Map.of("Idempotency-Replayed", "no"), "application/json", message(""))))
      .hasSize(1);
  }

  /** What nginx, Envoy and content delivery networks add is theirs; what we say ourselves stays checked. */
  @Test
  void answer_behindAGateway_mayHaveHeadersOfOthersAndNoneOfOursThatIsNotDescribed() {
    Operation remote = Objects.requireNonNull(Description.load(false).operation("POST", "/v1/send"));
    Map<String, String> theirs = Map.of("Server", "envoy", "Via", "1.1 x", "Vary", "Accept-Encoding",
        "X-Envoy-Upstream-Service-Time", "3", "Alt-Svc", "h3=\":443\"", "Content-Encoding", "gzip",
        "Strict-Transport-Security", "max-age=1", "CF-Ray", "1");
    assertThat(remote.errors(SEND, answer(404, theirs, PROBLEM, NOT_FOUND))).isEmpty();
    assertThat(remote.errors(SEND, answer(404, Map.of("retry-after", "1"), PROBLEM, NOT_FOUND))).hasSize(1);
    assertThat(remote.errors(SEND, answer(404, Map.of("Location", "/"), PROBLEM, NOT_FOUND))).hasSize(1);
    assertThat(
        remote.errors(SEND,
            answer(201, Map.of("Idempotency-Replayed", "no"), "application/json", message(""))))
      .hasSize(1);
    String body = NOT_FOUND.replace("404", "401").replace("not-found", "unauthenticated");
    assertThat(remote.errors(SEND, answer(401, Map.of(), PROBLEM, body))).hasSize(1);
    Request keys = Request.get("/.well-known/jwks.json");
    Operation jwks = Objects.requireNonNull(Description.load(false).operation("GET", keys.path()));
    Map<String, String> tagged = Map.of("ETag", "W/\"0\"", "Cache-Control", "public, max-age=300");
    assertThat(jwks.errors(keys, answer(304, tagged, "application/json", ""))).isEmpty();
    assertThat(
        Objects.requireNonNull(DESCRIPTION.operation("GET", keys.path()))
          .errors(keys, answer(304, tagged, "application/json", "")))
      .hasSize(1);
    assertThat(remote.errors(SEND, answer(404, Map.of("Cache-Control", "public"), PROBLEM, NOT_FOUND)))
      .hasSize(1);
  }

  @Test
  void answer_withoutAHeaderThatIsRequired_isWrong() {
    String body = NOT_FOUND.replace("404", "401").replace("not-found", "unauthenticated");
    assertThat(send.errors(SEND, answer(401, Map.of(), PROBLEM, body))).hasSize(1);
    assertThat(send.errors(SEND, answer(401, Map.of("WWW-Authenticate", "Bearer"), PROBLEM, body))).isEmpty();
  }

  @Test
  void answer_withAMemberThatIsNotDescribed_isWrong() {
    assertThat(send.errors(SEND, answer(404, Map.of(), PROBLEM, NOT_FOUND.replace("{", "{\"stack\":\"x\","))))
      .hasSize(1);
    assertThat(send.errors(SEND, answer(201, Map.of(), "application/json", message("\"inbox\":1,"))))
      .hasSize(1);
    assertThat(messages.errors(User.reading(),
        answer(200, Map.of("Vary", "Accept-Encoding"), "application/json",
            page("\"inbox\":1,"))))
      .hasSize(1);
  }

  @Test
  void answer_ofAnotherType_isWrong() {
    assertThat(send.errors(SEND, answer(404, Map.of(), "application/json", NOT_FOUND))).hasSize(1);
    assertThat(send.errors(SEND, answer(404, Map.of(), PROBLEM, NOT_FOUND.replace("not-found", "forbidden"))))
      .hasSize(1);
  }

  private static String message(String more) {
    return """
        {%s"id":"%s","conversationId":"%s","sender":"ada","content":"x","contentType":"text/plain",
        "sentAt":"2026-11-21T08:00:00.000Z","version":1}""".formatted(more, ClientIds.now(),
        UUID.randomUUID());
  }

  private static String page(String more) {
    return "{\"messages\":[" + message(more) + "],\"serverTime\":\"2026-11-21T08:00:00.000Z\"}";
  }

  private static Answer answer(int status, Map<String, String> headers, String type, String body) {
    Map<String, List<String>> all = new HashMap<>();
    all.put("Content-Type", List.of(type));
    all.put("Cache-Control", List.of("no-store"));
    all.put("X-Content-Type-Options", List.of("nosniff"));
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return new Answer(status, HttpHeaders.of(all, (name, value) -> true), body);
  }
}
