package dev.knatter.shared.token;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import dev.knatter.shared.DomainError.Unavailable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an issuer publishes. They are asked for again when they are {@link #FRESH} no more, so that a withdrawn
 * key stops counting, and when a token names a key that is not among them, so that a new one counts at once. However
 * many tokens do so, there is one question at a time, and a pause after each that doubles while they keep coming.
 * Where the issuer does not answer, the last keys that it gave go on counting, and nobody who has one of those waits.
 */
final class RemoteKeys {
  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

  /** How long a question may take; a request has half a second left to do its work in. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final KeySource source;
  private final Clock clock;
  private volatile State state = new State("", Map.of(), Instant.EPOCH, Instant.EPOCH, Duration.ZERO, false);
  private CompletableFuture<Void> question;

  /** @param failed whether the last question was not answered */
  private record State(String text, Map<String, OutsideKey> keys, Instant staleAt, Instant askAgainAt,
      Duration pause, boolean failed) {}

  /** Asks at once, without waiting. */
  RemoteKeys(KeySource source, Clock clock) {
    this.source = source;
    this.clock = clock;
    this.question = begin();
  }

  /**
   * The key of a kid; null where the issuer has none such.
   *
   * @throws Unavailable where it is not among the known ones and the issuer cannot be asked
   */
  @Nullable
  OutsideKey find(String kid) {
    State before = state;
    OutsideKey known = before.keys.get(kid);
    if (known != null && clock.instant().isBefore(before.staleAt)) {
      return known;
    }
    CompletableFuture<Void> answer = ask();
    if (known != null && before.failed) {
      return known;
    }
    await(answer);
    State after = state;
    OutsideKey found = after.keys.get(kid);
    if (found == null && (after.failed || !answer.isDone())) {
      throw new Unavailable("The keys of the token's issuer cannot be read.", after.pause);
    }
    return found;
  }

  /** The question under way, a new one, or none while there is a pause. */
  private CompletableFuture<Void> ask() {
    lock.lock();
    try {
      Instant now = clock.instant();
      if (question.isDone() && !now.isBefore(state.askAgainAt)) {
        question = begin();
      }
      return question;
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<Void> begin() {
    return CompletableFuture.supplyAsync(this::fetched, Thread.ofVirtual().name("outside-keys")::start)
      .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
      .handle((answer, failure) -> answer)
      .thenAccept(this::take);
  }

  private record Answer(String text, Map<String, OutsideKey> keys) {}

  /** Null where there is no answer with a key in it. */
  private @Nullable Answer fetched() {
    try {
      String text = source.fetch();
      Map<String, OutsideKey> keys = OutsideKey.set(text);
      return keys.isEmpty() ? null : new Answer(text, keys);
    } catch (IOException e) {
      log.debug("The outside issuer's keys could not be fetched", e);
      return null;
    }
  }

  private void take(@Nullable Answer answer) {
    State before = state;
    Instant now = clock.instant();
    boolean soon = now.isBefore(before.askAgainAt.plus(LONGEST_PAUSE));
    Duration pause = soon ? min(before.pause.plus(before.pause), LONGEST_PAUSE) : SHORTEST_PAUSE;
    if (answer == null) {
      if (!before.failed) {
        log.warn("The keys of the outside issuer cannot be read; those that are known go on counting.");
      }
      state = new State(before.text, before.keys, before.staleAt, now.plus(pause), pause, true);
      return;
    }
    if (before.failed) {
      log.info("The keys of the outside issuer can be read again.");
    }
    // The same text is the same keys: what was verified by one of them need not be verified again.
    Map<String, OutsideKey> keys = answer.text.equals(before.text) ? before.keys : answer.keys;
    state = new State(answer.text, keys, now.plus(FRESH), now.plus(pause), pause, false);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void await(CompletableFuture<Void> answer) {
    try {
      answer.get(PATIENCE.plusMillis(200).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What is known by now decides.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("The server is stopping.");
    }
  }
}
