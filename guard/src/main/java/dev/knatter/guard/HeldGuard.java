package dev.knatter.guard;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

import dev.knatter.chat.limit.Admission;
import dev.knatter.chat.limit.Admitted;
import dev.knatter.chat.limit.RateLimit;
import dev.knatter.chat.limit.RequestFingerprint;
import dev.knatter.shared.DomainError;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.store.Deadline;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.Revocations;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * Authentication, rate limits and error mapping for held connections. A connection is opened like a request, with an access token
 * or a ticket. Afterwards it has no token: whoever serves it keeps the identity, sealed, and asks here whether the session is
 * still open.
 */
public final class HeldGuard {
  private final Authenticator authenticator;
  private final Revocations revocations;
  private final Admission admission;

  HeldGuard(Authenticator authenticator, Revocations revocations, Admission admission) {
    this.authenticator = authenticator;
    this.revocations = revocations;
    this.admission = admission;
  }

  /**
   * Answers the request that opens a connection, within {@link Deadline#REQUEST}.
   *
   * @param limit  counts by user
   * @param ticket returns whom a ticket of this request was issued to, and may throw a {@link DomainError}; null for a request
   *     without a ticket, which then needs an access token
   * @param open   answers the admitted caller
   */
  public Message<?> open(RateLimit limit, Message<?> message, @Nullable Callable<Identity> ticket,
      Function<Identity, ? extends Message<?>> open) {
    return Guard.answer(() -> Deadline.within(Deadline.REQUEST, () -> {
      Identity identity;
      if (ticket == null) {
        String token = BearerToken.of(message.getHeaders())
          .orElseThrow(() -> new Unauthenticated("An access token or a ticket is needed."));
        try {
          identity = authenticator.of(token);
          revocations.requireLive(identity);
        } catch (Unauthenticated e) {
          return Problems.invalidToken(e);
        }
      } else {
        identity = ticket.call();
        revocations.requireLive(identity);
      }
      Admitted admitted = admission.admit(limit, identity.userId().toString(), null);
      return LimitHeaders.add(admitted, open.apply(identity));
    }));
  }

  /**
   * Throws if the session of a connection has ended.
   *
   * @throws Unauthenticated if it ended five seconds ago or earlier
   */
  public void requireLive(Identity identity) {
    revocations.requireLive(identity);
  }

  /** Does the same with a read that is at most two seconds old. Whoever holds a connection calls it every two seconds. */
  public void requireStillLive(Identity identity) {
    revocations.requireStillLive(identity);
  }

  /**
   * Counts something that came over a connection.
   *
   * @param request to compare with an earlier one and to remember; null to do neither
   * @throws DomainError.RateLimited if there was too much
   */
  public Admitted admit(RateLimit limit, Identity identity, @Nullable RequestFingerprint request) {
    return admission.admit(limit, identity.userId().toString(), request);
  }

  /** The result of a call, within {@link Deadline#REQUEST}; or the problem document (RFC 9457) of its failure. */
  public static <T> T attempt(Callable<T> call, Function<Map<String, Object>, T> problem) {
    try {
      return Deadline.within(Deadline.REQUEST, call);
    } catch (DomainError e) {
      return problem.apply(body(Problems.of(e)));
    } catch (Exception e) {
      return problem.apply(body(Problems.internal(Failures.report(e))));
    }
  }

  @SuppressWarnings("unchecked") // a problem's payload is such a map
  private static Map<String, Object> body(Message<?> problem) {
    return (Map<String, Object>) problem.getPayload();
  }
}
