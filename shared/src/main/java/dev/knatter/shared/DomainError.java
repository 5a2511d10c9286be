package dev.knatter.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reasons for which the product refuses a request, as one sealed family. The rules throw them, and only the guard turns
 * them into answers. The product writes the text of an error; the text never holds anything that a caller sent.
 */
public abstract sealed class DomainError extends RuntimeException {
  private final Map<String, Object> members = new LinkedHashMap<>();

  private DomainError(String detail) {
    super(detail, null, false, false); // no stack trace: this is an answer, not a crash
  }

  /** Further members of the problem document (RFC 9457 §3.2), in the order in which they were added. */
  public final Map<String, Object> members() {
    return Map.copyOf(members);
  }

  /** Adds a member that the caller needs to go on, such as the id to retry with. The first value of a member stays. */
  public final DomainError with(String member, Object value) {
    members.putIfAbsent(member, value);
    return this;
  }

  /** One error of the input. pointer: a JSON pointer (RFC 6901) into the input, "" for the whole input. */
  public record FieldError(String pointer, String detail) {}

  /** The input breaks a constraint. The caller must correct it before the next attempt. */
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

  /** The request has no token, or a token that is not valid. */
  public static final class Unauthenticated extends DomainError {
    public Unauthenticated(String detail) {
      super(detail);
    }
  }

  /** The product knows who the caller is, and the caller may not do this. */
  public static final class Forbidden extends DomainError {
    public Forbidden(String detail) {
      super(detail);
    }
  }

  /** The named thing does not exist, or this caller may not know that it exists. */
  public static final class NotFound extends DomainError {
    public NotFound(String detail) {
      super(detail);
    }
  }

  /** Another user has registered this name. */
  public static final class UsernameTaken extends DomainError {
    public UsernameTaken() {
      super("This username is taken.");
    }
  }

  /** A user of the outside issuer cannot have an account here under the name that they have there. */
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

  /** The caller has used the same client id or Idempotency-Key before with another body. */
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

    /** The id's time is past, and no message will ever be stored under the id. */
    public static StaleClientId past(Instant serverTime) {
      return new StaleClientId(
          "This client id is too old and stands for no message. Mint a new one from serverTime.", serverTime);
    }

    /** The id's time is in the future. */
    public static StaleClientId ahead(Instant serverTime) {
      return new StaleClientId("This client id lies more than two minutes ahead of the server's time."
          + " Set the clock by serverTime and mint a new one.", serverTime);
    }
  }

  /** The caller's id is older than messages of this conversation live. Its message may have been stored, and be gone. */
  public static final class Expired extends DomainError {
    public Expired() {
      super(
          "Messages of this conversation do not live as long as this id is old. Its message may have been sent.");
    }
  }

  /** The product is still working on an earlier request with the same Idempotency-Key. */
  public static final class InFlight extends DomainError {
    public InFlight() {
      super("An earlier request with this Idempotency-Key is still under way.");
    }
  }

  /** What the caller wants to change is not of the version that the caller insists on (RFC 9110 §15.5.13). */
  public static final class PreconditionFailed extends DomainError {
    /** @param version that it has now */
    public PreconditionFailed(int version) {
      super("It has changed meanwhile. Read it again.");
      with("version", version);
    }
  }

  /** The caller has sent too many requests of this kind. They may send the same request again after the pause. */
  public static final class RateLimited extends DomainError {
    private final String limit;
    private final Duration retryAfter;

    /** @param limit the id of the limit that was reached */
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

  /** A store does not answer, or the outcome is unknown. The caller may send the same request again after the pause. */
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
