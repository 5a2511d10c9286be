package dev.knatter.client.send;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.knatter.client.http.Problem;
import dev.knatter.client.http.Reply;
import dev.knatter.client.http.ServerClock;
import dev.knatter.client.message.Message;

/** What one attempt to send says about the message. */
sealed interface Outcome {
  /** It is stored, now or by an earlier attempt. */
  record Sent(Message message) implements Outcome {}

  /** It was never stored under its id, and never will be. */
  record Stale(UUID nextId) implements Outcome {}

  /** Nobody knows. The same request finds out. */
  record Unknown(Duration pause, String why) implements Outcome {}

  /** The server has failed, and may fail each time. */
  record Failed(Problem problem) implements Outcome {}

  /** The server will not take it. */
  record Refused(Problem problem) implements Outcome {}

  /** @param asked what {@link ServerClock#local} said before the request was sent */
  static Outcome of(OutboxEntry entry, UUID clientId, Instant asked, Reply reply, ServerClock clock) {
    if (reply.status() == 201) {
      Message message = reply.read(Message.class);
      boolean same = entry.draft().became(message)
          && ServerClock.millis(message.id()) == ServerClock.millis(clientId);
      return same ? new Sent(message) : new Unknown(Duration.ZERO, "the answer is to another request");
    }
    return reply.problem()
      .map(problem -> of(problem, asked, clock))
      .orElseGet(
          () -> new Unknown(reply.retryAfter(), "status " + reply.status() + " is not of the product"));
  }

  private static Outcome of(Problem problem, Instant asked, ServerClock clock) {
    if (problem.serverTime() != null) {
      clock.observe(problem.serverTime(), asked);
    }
    if (problem.is(Problem.STALE_CLIENT_ID)) {
      return new Stale(problem.clientId() == null ? clock.mint() : clock.adopt(problem.clientId()));
    }
    if (problem.is(Problem.INTERNAL)) {
      return new Failed(problem);
    }
    // 401 with a token that was just renewed: the next attempt renews it again, or learns that the session has ended.
    return problem.passes() || problem.is(Problem.UNAUTHENTICATED)
        ? new Unknown(problem.retryAfter(), problem.toString())
        : new Refused(problem);
  }
}
