package dev.knatter.chat.deadletter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.knatter.chat.deadletter.LetterContents.Content;
import dev.knatter.chat.deadletter.LetterList.Entry;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores dead letters and lists them. An event that comes again is the same letter, and moves to the list's head. */
public final class DeadLetters {
  /** How many letters are read at the same time: each may have a megabyte. */
  static final int AT_ONCE = 4;
  /** A page ends after so many bytes of data. */
  static final int PAGE_BYTES = 1 << 20;
  private static final int ATTEMPTS = 5;
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final LetterTables tables;
  private final Clock clock;
  private final Uuid7 ids;
  private final Function<DeadLetter, Optional<UUID>> owner;
  private final RetryPlan plan;
  private final DeadLetterMeters meters;

  /**
   * @param owner the user whom an event names, if its signature is good. Such letters are part of the user's export,
   *     and are erased with the user
   */
  public DeadLetters(Cassandra cassandra, Clock clock, Function<DeadLetter, Optional<UUID>> owner,
      Backoff backoff, DeadLetterMeters meters) {
    this.tables = new LetterTables(cassandra);
    this.clock = clock;
    this.ids = new Uuid7(clock);
    this.owner = owner;
    this.plan = new RetryPlan(tables, clock, backoff);
    this.meters = meters;
  }

  /** A page of the list, newest first. next: the position after which the list goes on; null if this is its end */
  public record Page(List<StoredLetter> letters, @Nullable UUID next) {}

  /**
   * Stores a dead letter and plans its next retry.
   *
   * @throws Unavailable if the outcome is unknown; the broker may send the letter again
   */
  public UUID arrived(DeadLetter letter) {
    UUID id = letter.id();
    UUID user = owner.apply(letter).orElse(null);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LetterState before = tables.states().find(id);
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Lifetime lifetime = Lifetime.of(letter, before == null ? now : before.firstArrival(), now);
      Entry entry = new Entry(ids.mint(), id);
      tables.write(entry, new Content(letter, user, lifetime.ends()),
          Duration.between(now, lifetime.ends()));
      UUID due = plan.next(id, before == null ? 0 : before.retries(), lifetime.retryable());
      LetterState after = before == null
          ? LetterState.first(entry.position(), due)
          : before.arrivedAgain(entry.position(), due);
      if (tables.states().change(id, before, after)) {
        if (before != null && before.listed()) {
          tables.delete(before.position(), tables.contents().owner(before.position()));
        }
        meters.arrived();
        log.warn("Dead letter {} has arrived (arrivals: {}, retries: {}, status of the last attempt: {}).",
            id,
            after.arrivals(), after.retries(), letter.error().code());
        return id;
      }
      tables.delete(entry.position(), Optional.ofNullable(user));
    }
    throw new Unavailable("The dead letter is being changed elsewhere at this moment.");
  }

  /**
   * Reads a page of the list.
   *
   * @param before the position of the last page; null for the newest letters
   * @param limit  how many letters at most. Fewer are returned where they are large
   */
  public Page page(@Nullable UUID before, int limit) {
    long now = clock.millis();
    long oldest = now - Lifetime.LONGEST.toMillis();
    UUID at = before == null ? head(now) : before;
    List<StoredLetter> letters = new ArrayList<>();
    long bytes = 0;
    while (true) {
      int missing = limit - letters.size();
      List<Entry> entries = tables.list().below(at, oldest, missing);
      for (List<Entry> some : Chunks.of(entries, AT_ONCE)) {
        for (StoredLetter letter : tables.load(some)) {
          letters.add(letter);
          bytes += letter.letter().data().length;
        }
        at = some.getLast().position();
        if (letters.size() == limit || bytes >= PAGE_BYTES) {
          return new Page(letters, tables.list().below(at, oldest, 1).isEmpty() ? null : at);
        }
      }
      if (entries.size() < missing) {
        return new Page(letters, null);
      }
    }
  }

  /** Where the list begins: no clock is further ahead. */
  static UUID head(long now) {
    return Uuid7.last(now + Duration.ofMinutes(1).toMillis());
  }

  /** A letter of the list. */
  public Optional<StoredLetter> find(UUID letter) {
    LetterState state = tables.states().find(letter);
    return state == null || !state.listed()
        ? Optional.empty()
        : tables.contents()
          .find(state.position())
          .map(content -> StoredLetter.of(letter, state, content));
  }

  /** Deletes a letter, if it is in the list. */
  public void delete(UUID letter) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      LetterState state = tables.states().find(letter);
      if (state == null || !state.listed()
          || tables.unlist(letter, state, tables.contents().owner(state.position()))) {
        return;
      }
    }
    throw new Unavailable("The dead letter is being changed elsewhere at this moment.");
  }
}
