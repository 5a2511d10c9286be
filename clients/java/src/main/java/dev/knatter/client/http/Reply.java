package dev.knatter.client.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import tools.jackson.core.JacksonException;

/** What came back. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares replies
public record Reply(int status, HttpHeaders headers, byte[] body) {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /**
   * The body as a value.
   *
   * @throws NoAnswerException if it is none: whatever was answered, the product did not
   */
  public <T> T read(Class<T> type) {
    try {
      return Json.read(body, type);
    } catch (JacksonException e) {
      throw new NoAnswerException("The answer with status " + status + " is no " + type.getSimpleName() + ".",
          e);
    }
  }

  /** The problem that the product describes; a device on the way describes none of this form. */
  public Optional<Problem> problem() {
    if (status < 400) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(body, Problem.class).after(retryAfter()))
        .filter(problem -> problem.type().startsWith(Problem.PREFIX));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The failure that it means, for a request that expects another status. */
  public KnatterException failure(Call call) {
    return problem().<KnatterException>map(ProblemException::new)
      .orElseGet(() -> new NoAnswerException(
          call + " was answered with status " + status + ", but not by the product."));
  }

  /** Of the header Retry-After, in seconds or as a date (RFC 9110, section 10.2.3); zero without it. */
  public Duration retryAfter() {
    Optional<String> text = headers.firstValue("Retry-After");
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    Duration wait = seconds(text.get())
      .or(() -> date(text.get()).flatMap(until -> date().map(now -> Duration.between(now, until))))
      .orElse(Duration.ZERO);
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("\\d{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  /** When it was made, by the server's clock, cut to seconds. */
  Optional<Instant> date() {
    return headers.firstValue("Date").flatMap(Reply::date);
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
