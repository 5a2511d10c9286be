package dev.knatter.chat.deadletter;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.deadletter.LetterContents.Content;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Deadline;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries a dead letter: posts the event to the broker as it was, and takes it out of the list once the broker has
 * accepted it. Where the event fails again, the broker brings it back. It may do so before this process has taken the
 * letter out: then the letter stays.
 *
 * <p>A retry is counted before it is made, so that of two processes only one makes it, and so that one that is stopped
 * in the middle does not make it again and again.
 */
public final class DeadLetterRetry {
  private static final int ATTEMPTS = 3;
  /** Answers of a broker that is not there yet, or has too much to do. */
  private static final Set<Integer> LATER = Set.of(404, 408, 425, 429);
  private static final Logger log = LoggerFactory.getLogger(DeadLetterRetry.class);

  private final LetterTables tables;
  private final Clock clock;
  private final RetryPlan plan;
  private final Resend broker;
  private final DeadLetterMeters meters;

  /** What became of a retry. */
  public enum Outcome {
    /** The broker has accepted the event, and the letter has left the list. */
    ACCEPTED,
    /** The broker refuses this event. The letter stays. */
    REFUSED,
    /** The broker does not answer, or says that it cannot now. The letter stays, and the retry does not count. */
    AWAY,
    /** The letter is not in the list (any more). */
    GONE
  }

  public DeadLetterRetry(Cassandra cassandra, Clock clock, Backoff backoff, Resend broker,
      DeadLetterMeters meters) {
    this.tables = new LetterTables(cassandra);
    this.clock = clock;
    this.plan = new RetryPlan(tables, clock, backoff);
    this.broker = broker;
    this.meters = meters;
  }

  LetterTables tables() {
    return tables;
  }

  /**
   * Retries a letter, however often it was retried.
   *
   * @throws Unavailable if the outcome is unknown. The letter may be retried again
   */
  public Outcome retry(UUID letter) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LetterState state = tables.states().find(letter);
      if (state == null || !state.listed()) {
        return Outcome.GONE;
      }
      Outcome outcome = attempt(letter, state);
      if (outcome != null) {
        return outcome;
      }
    }
    throw new Unavailable("The dead letter is being changed elsewhere at this moment.");
  }

  /** Retries a letter unless it has left the list, or has come back, since it was read there. */
  Outcome retryAt(LetterList.Entry entry) {
    LetterState state = tables.states().find(entry.letter());
    Outcome outcome = state != null && state.isListedAt(entry.position())
        ? attempt(entry.letter(), state)
        : null;
    return outcome == null ? Outcome.GONE : outcome;
  }

  /** Retries a letter by schedule, unless the schedule has changed. */
  Outcome retryDue(LetterSchedule.Entry entry) {
    LetterState state = tables.states().find(entry.letter());
    Outcome outcome = state != null && state.listed() && state.due().equals(entry.due())
        && plan.goesOn(state.retries()) ? attempt(entry.letter(), state) : null;
    return outcome == null ? Outcome.GONE : outcome;
  }

  /** Null if another process has changed the letter meanwhile. */
  private @Nullable Outcome attempt(UUID letter, LetterState state) {
    Optional<Content> content = tables.contents().find(state.position());
    if (content.isEmpty()) {
      return Outcome.GONE; // it has just expired
    }
    // The retry after this one, if the broker refuses the event or this process is stopped.
    Lifetime lifetime = Lifetime.of(content.get().letter(), state.firstArrival(), clock.instant());
    UUID due = plan.next(letter, state.retries() + 1, lifetime.retryable());
    LetterState counted = state.retried(state.retries() + 1, due);
    if (!tables.states().change(letter, state, counted)) {
      return null;
    }
    Outcome outcome = post(letter, content.get().letter());
    // The broker may have taken its time, and what it has done must be stored.
    return Deadline.renewed(() -> {
      switch (outcome) {
        case ACCEPTED -> {
          meters.accepted();
          boolean _ = tables.unlist(letter, counted, Optional.ofNullable(content.get().owner()));
        }
        case REFUSED -> meters.refused();
        case AWAY -> {
          UUID later = plan.next(letter, state.retries(), lifetime.retryable());
          boolean _ = tables.states().change(letter, counted, counted.retried(state.retries(), later));
        }
        case GONE -> throw new IllegalStateException("post finds no letter");
      }
      return outcome;
    });
  }

  private Outcome post(UUID id, DeadLetter letter) {
    try {
      int status = broker.post(letter.attributes(), letter.data());
      if (status >= 200 && status < 300) {
        return Outcome.ACCEPTED;
      }
      log.debug("The broker answered dead letter {} with {}", id, status);
      return status >= 400 && status < 500 && !LATER.contains(status) ? Outcome.REFUSED : Outcome.AWAY;
    } catch (IllegalArgumentException e) {
      log.debug("Dead letter {} cannot be posted", id, e);
      return Outcome.REFUSED;
    } catch (IOException e) {
      log.debug("The broker did not answer", e);
      return Outcome.AWAY;
    }
  }
}
