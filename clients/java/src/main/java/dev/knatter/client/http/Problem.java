package dev.knatter.client.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An error as the server describes it (RFC 9457).
 *
 * @param type decide by it: it does not change, {@code title} and {@code detail} may
 * @param clientId of a send, the id to go on with
 * @param serverTime the clock to mint clientIds by
 * @param version of a refused change of a group, the version that the group has
 * @param errors of an invalid request, what is wrong where
 * @param reference of an internal error, what the operator finds it by
 * @param retryAfter how long to wait before the request is sent again; zero where the server says nothing
 */
public record Problem(String type, String title, int status, @Nullable String detail, @Nullable UUID clientId,
    @Nullable Instant serverTime, @Nullable Integer version, List<Fault> errors,
    @Nullable String reference, Duration retryAfter) {
  public static final String PREFIX = "urn:knatter:problem:";
  public static final String INVALID_REQUEST = PREFIX + "invalid-request";
  public static final String UNAUTHENTICATED = PREFIX + "unauthenticated";
  public static final String FORBIDDEN = PREFIX + "forbidden";
  public static final String NOT_FOUND = PREFIX + "not-found";
  public static final String USERNAME_TAKEN = PREFIX + "username-taken";
  public static final String CLIENT_ID_REUSED = PREFIX + "client-id-reused";
  public static final String STALE_CLIENT_ID = PREFIX + "stale-client-id";
  public static final String EXPIRED = PREFIX + "expired";
  public static final String IN_FLIGHT = PREFIX + "in-flight";
  public static final String PRECONDITION_FAILED = PREFIX + "precondition-failed";
  public static final String REQUEST_TIMEOUT = PREFIX + "request-timeout";
  public static final String RATE_LIMITED = PREFIX + "rate-limited";
  public static final String UNAVAILABLE = PREFIX + "unavailable";
  public static final String INTERNAL = PREFIX + "internal";

  /**
   * One fault of a request.
   *
   * @param pointer to the member (RFC 6901)
   */
  public record Fault(String pointer, String detail) {}

  public Problem {
    Objects.requireNonNull(type, "type");
    title = Objects.requireNonNullElse(title, "");
    retryAfter = Objects.requireNonNullElse(retryAfter, Duration.ZERO);
    errors = errors == null ? List.of() : List.copyOf(errors);
  }

  /** The same, with the time of the header Retry-After. */
  Problem after(Duration wait) {
    return new Problem(type, title, status, detail, clientId, serverTime, version, errors, reference, wait);
  }

  public boolean is(String otherType) {
    return type.equals(otherType);
  }

  /** Whether the same request may work later, without any change. */
  public boolean passes() {
    return is(RATE_LIMITED) || is(UNAVAILABLE) || is(IN_FLIGHT) || is(REQUEST_TIMEOUT);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(status).append(' ').append(title);
    if (detail != null) {
      text.append(": ").append(detail);
    }
    for (Fault fault : errors) {
      text.append(' ').append(fault.pointer()).append(": ").append(fault.detail());
    }
    return text.append(" (").append(type).append(')').toString();
  }
}
