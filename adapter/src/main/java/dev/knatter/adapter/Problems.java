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

/** The one place where an error becomes an answer (RFC 9457). Of a request nothing gets into it but the name of an unknown field. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final String RETRY_SOON = "1";

  private final Json json;
  private final String prefix;

  Problems(Json json, String prefix) {
    this.json = json;
    this.prefix = prefix;
  }

  /** The body. Absent members are left out. */
  private record Body(String type, String title, int status, @Nullable List<FieldError> errors,
      @Nullable String reference) {}

  Response of(Problem problem) {
    return of(problem, null, null);
  }

  Response invalid(List<FieldError> errors) {
    return of(Problem.INVALID_REQUEST, errors, null);
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

  /** For a body that is compressed or the like (RFC 9110 §15.5.16). */
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
    LOG.error("A function failed, reference {}: {}", reference, Trace.of(failure));
    return reference;
  }

  private Response of(Problem problem, @Nullable List<FieldError> errors, @Nullable String reference) {
    Body body = new Body(prefix + problem.id(), problem.title(), problem.status(), errors, reference);
    return Response.of(problem.status(), "application/problem+json", json.write(body));
  }
}
