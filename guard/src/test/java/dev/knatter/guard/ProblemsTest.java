package dev.knatter.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.FieldError;
import dev.knatter.testing.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.messaging.Message;

final class ProblemsTest {
  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(new DomainError.InvalidRequest("/to", "is wrong"), 400, "invalid-request", Map.of()),
        Arguments.of(new DomainError.Unauthenticated("Who?"), 401, "unauthenticated",
            Map.of("WWW-Authenticate", "Bearer realm=\"knatter\"")),
        Arguments.of(new DomainError.Forbidden("No."), 403, "forbidden", Map.of()),
        Arguments.of(new DomainError.NotFound("Not here."), 404, "not-found", Map.of()),
        Arguments.of(new DomainError.UsernameTaken(), 409, "username-taken", Map.of()),
        Arguments.of(DomainError.OutsideNameRefused.taken(), 403, "username-taken", Map.of()),
        Arguments.of(new DomainError.PreconditionFailed(7), 412, "precondition-failed", Map.of()),
        Arguments.of(new DomainError.InFlight(), 409, "in-flight", Map.of("Retry-After", "1")),
        Arguments.of(new DomainError.ClientIdReused(), 422, "client-id-reused", Map.of()),
        Arguments.of(new DomainError.Expired(), 422, "expired", Map.of()),
        Arguments.of(DomainError.StaleClientId.past(Instant.EPOCH), 422, "stale-client-id", Map.of()),
        Arguments.of(new DomainError.RateLimited("send", Duration.ofMillis(2_001)), 429, "rate-limited",
            Map.of("Retry-After", "3", "RateLimit", "\"send\";r=0;t=3", "RateLimit-Policy",
                "\"send\";q=1000;w=17")),
        Arguments.of(new DomainError.Unavailable("Away.", Duration.ZERO), 503, "unavailable",
            Map.of("Retry-After", "1")));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void of_eachDomainError_isItsStatusAndType(DomainError error, int status, String name,
      Map<String, String> headers) {
    Message<?> answer = Problems.of(error.with("clientId", "an id"));

    assertThat(answer.getHeaders()).containsEntry("statusCode", status)
      .containsEntry("contentType", "application/problem+json")
      .containsAllEntriesOf(Map.<String, Object>copyOf(headers));
    assertThat(body(answer)).containsEntry("type", "urn:knatter:problem:" + name)
      .containsEntry("status", status)
      .containsEntry("detail", error.getMessage())
      .containsEntry("clientId", "an id")
      .containsKey("title");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> body(Message<?> answer) {
    return (Map<String, Object>) answer.getPayload();
  }

  @Test
  void of_allErrors_areCovered() {
    assertThat(errors().<Object>map(one -> one.get()[0].getClass()))
      .containsExactlyInAnyOrder((Object[]) DomainError.class.getPermittedSubclasses());
  }

  @Test
  void of_invalidRequest_namesThePlaces() {
    List<FieldError> places = List.of(new FieldError("/a", "x"), new FieldError("/b", "y"));

    assertThat(body(Problems.of(new DomainError.InvalidRequest(places)))).containsEntry("errors", places);
  }

  @Test
  void report_aFault_isLoggedOnceWithoutItsTextUnderTheReferenceOfTheAnswer() {
    String reference;
    try (CapturedLog log = new CapturedLog()) {
      reference = Failures
        .report(new IllegalStateException("secret-1", new IllegalArgumentException("secret-2")));
      assertThat(log.text()).containsOnlyOnce(reference)
        .contains("java.lang.IllegalStateException", "Caused by: java.lang.IllegalArgumentException",
            "ProblemsTest.report_aFault")
        .doesNotContain("secret");
    }
    assertThat(body(Problems.internal(reference))).isEqualTo(Map.of("type", "urn:knatter:problem:internal",
        "title", "Something went wrong on our side", "status", 500, "reference", reference));
  }
}
