package dev.knatter.client.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import dev.knatter.client.http.Call.Repeat;

/** Sends a request again while that may help: for some time, and only one that may be sent twice. */
public final class Attempts {
  private final Duration patience;
  private final Clock clock;

  /** @param patience after which a failure is the result; an attempt that has begun may take longer */
  public Attempts(Duration patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Returns what an answer that means success holds.
   *
   * @param once makes one attempt
   * @param read takes it out of the answer; what it cannot read is no answer
   * @throws KnatterException the failure of the last attempt
   */
  public <T> T of(Call call, Function<Call, Reply> once, Function<Reply, T> read) {
    Instant end = clock.instant().plus(patience);
    Backoff backoff = new Backoff();
    while (true) {
      KnatterException failure;
      try {
        Reply reply = once.apply(call);
        if (call.statuses().contains(reply.status())) {
          return read.apply(reply);
        }
        failure = reply.failure(call);
      } catch (NoAnswerException e) {
        failure = e;
      }
      Duration wait = backoff.next(failure.retryAfter());
      if (!mayHelp(call, failure) || Thread.currentThread().isInterrupted()
          || clock.instant().plus(wait).isAfter(end)) {
        throw failure;
      }
      Backoff.pause(wait);
    }
  }

  private static boolean mayHelp(Call call, KnatterException failure) {
    if (failure instanceof ProblemException refused) {
      return refused.problem().is(Problem.RATE_LIMITED)
          || (refused.problem().passes() && call.repeat() == Repeat.FREELY);
    }
    return failure instanceof NoAnswerException && call.repeat() == Repeat.FREELY;
  }
}
