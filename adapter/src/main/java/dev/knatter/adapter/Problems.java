package dev.knatter.adapter;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.knatter.adapter.http.Fault;
import dev.knatter.adapter.http.Response;
import dev.knatter.adapter.json.FieldError;
import dev.knatter.adapter.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes every error an answer (RFC 9457). Nothing of the request is in it, except the name of an unknown field. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String RETRY_SOON = "1";

  private final Json json;
  private final String prefix;

  Problems(Json json, String prefix) {
    this.json = json;
    this.prefix = prefix;
  }

  /** The body of an error. A member that is null is left out. */
  private record Body(String type, String title, int status, @Nullable List<FieldError> errors,
      @Nullable String reference) {}

  Response of(Problem problem) {
    return of(problem, null, null);
  }

  Response invalid(List<FieldError> errors) {
    return of(Problem.INVALID_REQUEST, errors, null);
  }

  /** The answer to a request in which a field that a function sees is there twice ({@link CallerHeaders}). */
  Response repeatedField() {
    return invalid(List.of(new FieldError("", "has a header field twice")));
  }

  Response of(Fault fault) {
    return switch (fault) {
      case MALFORMED -> of(Problem.INVALID_REQUEST);
      case LINE_TOO_LONG -> of(Problem.LINE_TOO_LARGE);
      case HEADERS_TOO_LARGE -> of(Problem.HEADERS_TOO_LARGE);
      case BODY_TOO_LARGE -> of(Problem.TOO_LARGE);
      case TOO_SLOW -> of(Problem.REQUEST_TIMEOUT);
      case EXPECTATION -> of(Problem.EXPECTATION_FAILED);
      case BUSY -> unavailable();
    };
  }

  /** The answer to a body with a Content-Encoding (RFC 9110 §15.5.16). */
  Response codedBody() {
    return of(Problem.UNSUPPORTED_CODING).with("Accept-Encoding", "identity");
  }

  Response unavailable() {
    return of(Problem.UNAVAILABLE).with("Retry-After", RETRY_SOON);
  }

  Response failed(Throwable failure) {
    return of(Problem.INTERNAL, null, report(failure));
  }

  /** Logs the failure and returns the reference under which it is found. */
  String report(Throwable failure) {
    String reference = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.error("A function failed, reference {}: {}", reference, RedactedStackTrace.of(failure));
    return reference;
  }

  private Response of(Problem problem, @Nullable List<FieldError> errors, @Nullable String reference) {
    Body body = new Body(prefix + problem.id(), problem.title(), problem.status(), errors, reference);
    return Response.of(problem.status(), "application/problem+json", json.write(body));
  }
}
