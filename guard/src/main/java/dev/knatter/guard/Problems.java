package dev.knatter.guard;

import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.ClientIdReused;
import dev.knatter.shared.DomainError.Expired;
import dev.knatter.shared.DomainError.Forbidden;
import dev.knatter.shared.DomainError.InFlight;
import dev.knatter.shared.DomainError.InvalidRequest;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.DomainError.OutsideNameRefused;
import dev.knatter.shared.DomainError.PreconditionFailed;
import dev.knatter.shared.DomainError.RateLimited;
import dev.knatter.shared.DomainError.StaleClientId;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.DomainError.UsernameTaken;
import org.springframework.messaging.Message;

/** Converts domain errors to answers. No other place does that. */
final class Problems {
  private static final String CHALLENGE = "Bearer realm=\"knatter\""; // RFC 6750 §3 demands a parameter

  private Problems() {}

  static Message<?> of(DomainError error) {
    return problem(error).message();
  }

  /** The request has a token that is not valid (RFC 6750 §3.1). */
  static Message<?> invalidToken(Unauthenticated error) {
    return problem(error).header("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"").message();
  }

  /** The token is valid and lacks a scope (RFC 6750 §3.1). */
  static Message<?> insufficientScope(String scope) {
    return problem(new Forbidden("This needs a token with the scope " + scope + "."))
      .header("WWW-Authenticate", CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scope + "\"")
      .message();
  }

  /** An unexpected failure. The log has its cause under the reference. */
  static Message<?> internal(String reference) {
    return new Problem(500, "internal", "Something went wrong on our side").member("reference", reference)
      .message();
  }

  private static Problem problem(DomainError error) {
    Problem problem = typed(error);
    String detail = error.getMessage();
    if (detail != null) {
      problem.member("detail", detail);
    }
    error.members().forEach(problem::member);
    return problem;
  }

  private static Problem typed(DomainError error) {
    return switch (error) {
      case InvalidRequest e -> new Problem(400, "invalid-request", "The request is not valid")
        .member("errors", e.errors());
      case Unauthenticated _ -> new Problem(401, "unauthenticated", "Not authenticated")
        .header("WWW-Authenticate", CHALLENGE);
      case Forbidden _ -> new Problem(403, "forbidden", "Forbidden");
      case NotFound _ -> new Problem(404, "not-found", "There is nothing here");
      case UsernameTaken _ -> new Problem(409, "username-taken", "The username is taken");
      case OutsideNameRefused _ -> new Problem(403, "username-taken", "The username cannot be had");
      case InFlight _ -> new Problem(409, "in-flight", "An attempt is in flight").header("Retry-After", "1");
      case PreconditionFailed _ -> new Problem(412, "precondition-failed", "It is of another version");
      case ClientIdReused _ -> new Problem(422, "client-id-reused", "The id was used for another body");
      case StaleClientId _ -> new Problem(422, "stale-client-id", "The clientId is not of the present");
      case Expired _ -> new Problem(422, "expired", "The id is older than messages live");
      case RateLimited e -> LimitHeaders.add(e, new Problem(429, "rate-limited", "Too many requests"));
      case Unavailable e -> new Problem(503, "unavailable", "Not available at the moment")
        .header("Retry-After", Long.toString(LimitHeaders.seconds(e.retryAfter())));
    };
  }
}
