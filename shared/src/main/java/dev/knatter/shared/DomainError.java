package dev.knatter.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that can be refused, as one sealed family. Thrown by the rules, and turned into an answer in
 * exactly one place (the guard). An error's text is written by us: it never holds anything that a caller sent.
 */
public abstract sealed class DomainError extends RuntimeException {
  private final Map<String, Object> members = new LinkedHashMap<>();

  private DomainError(String detail) {
    super(detail, null, false, false); // an answer, not a crash: nobody reads its stack
  }

  /** Further members of the problem document (RFC 9457 §3.2), in the order in which they were added. */
  public final Map<String, Object> members() {
    return Map.copyOf(members);
  }

  /** Adds a member that the caller needs to go on, such as the id to retry with; who knew it first knew it best. */
  public final DomainError with(String member, Object value) {
    members.putIfAbsent(member, value);
    return this;
  }

  /** One thing wrong with the input; pointer is a JSON pointer (RFC 6901) into it, "" for the whole. */
  public record FieldError(String pointer, String detail) {}

  /** The input breaks a constraint: correct it before trying again. */
  public static final class InvalidRequest extends DomainError {
    private final transient List<FieldError> errors;

    public InvalidRequest(List<FieldError> errors) {
      super("The request is not valid.");
      this.errors = List.copyOf(errors);
    }

    public InvalidRequest(String pointer, String detail) {
      this(List.of(new FieldError(pointer, detail)));
    }

    public List<FieldError> errors() {
      return errors;
    }
  }

  /** Nobody is known to be calling: no token, or one that does not count. */
  public static final class Unauthenticated extends DomainError {
    public Unauthenticated(String detail) {
      super(detail);
    }
  }

  /** The caller is known and may not do this. */
  public static final class Forbidden extends DomainError {
    public Forbidden(String detail) {
      super(detail);
    }
  }

  /** The thing named does not exist, as far as this caller may know. */
  public static final class NotFound extends DomainError {
    public NotFound(String detail) {
      super(detail);
    }
  }

  /** Somebody registered that name before. */
  public static final class UsernameTaken extends DomainError {
    public UsernameTaken() {
      super("This username is taken.");
    }
  }

  /** Somebody whom the outside issuer vouches for cannot have an account under the name that he has there. */
  public static final class OutsideNameRefused extends DomainError {
    private OutsideNameRefused(String detail) {
      super(detail);
    }

    public static OutsideNameRefused taken() {
      return new OutsideNameRefused("Your username at the identity provider belongs to somebody else here."
          + " Have it changed there, then log in there again.");
    }

    public static OutsideNameRefused unfit() {
      return new OutsideNameRefused(
          "Your username at the identity provider cannot be one here: 3 to 32 of a-z,"
              + " 0-9, '.', '_' and '-', beginning with a letter or digit. Have it changed there, then log in there"
              + " again.");
    }
  }

  /** The same client id or Idempotency-Key came before with another body. */
  public static final class ClientIdReused extends DomainError {
    public ClientIdReused() {
      super("This id was used before for another request. Mint a new one.");
    }
  }

  /** The client id's time is too far from the present, and no message was stored under it. */
  public static final class StaleClientId extends DomainError {
    private StaleClientId(String detail, Instant serverTime) {
      super(detail);
      with("serverTime", serverTime);
    }

    /** Its time is past: no message will ever be stored under it. */
    public static StaleClientId past(Instant serverTime) {
      return new StaleClientId(
          "This client id is too old and stands for no message. Mint a new one from serverTime.", serverTime);
    }

    /** Its time is to come. */
    public static StaleClientId ahead(Instant serverTime) {
      return new StaleClientId("This client id lies more than two minutes ahead of the server's time."
          + " Set the clock by serverTime and mint a new one.", serverTime);
    }
  }

  /** An earlier request under the same Idempotency-Key is still being decided. */
  public static final class InFlight extends DomainError {
    public InFlight() {
      super("An earlier request with this Idempotency-Key is still under way.");
    }
  }

  /** Too many requests of this kind; the same request will be welcome after the pause. */
  public static final class RateLimited extends DomainError {
    private final String limit;
    private final Duration retryAfter;

    /** @param limit the id of the limit that was hit */
    public RateLimited(String limit, Duration retryAfter) {
      super("Too many requests.");
      this.limit = limit;
      this.retryAfter = retryAfter;
    }

    public String limit() {
      return limit;
    }

    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** A store is away, or the outcome is not known: the same request may be sent again after the pause. */
  public static final class Unavailable extends DomainError {
    private final Duration retryAfter;

    public Unavailable(String detail, Duration retryAfter) {
      super(detail);
      this.retryAfter = retryAfter;
    }

    public Unavailable(String detail) {
      this(detail, Duration.ofSeconds(1));
    }

    public Duration retryAfter() {
      return retryAfter;
    }
  }
}
