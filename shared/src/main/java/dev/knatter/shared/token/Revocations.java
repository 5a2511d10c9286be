package dev.knatter.shared.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unauthenticated;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.store.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Knows in memory which sessions were ended lately. A token is checked against a read of the store that began at most five
 * seconds ago, so every revocation from before that read is effective. Requests start the reads: if the last read is more
 * than two seconds old, the request is answered from it and starts the next read for later requests. If the last read is
 * more than five seconds old, the request waits for a new read. A process without requests reads nothing.
 */
public final class Revocations {
  /**
   * How long a revocation matters. After this time no token of its session is valid: the lifetime of a token, the allowed
   * difference of clocks, and half a minute.
   */
  static final Duration MATTERS = TokenIssuer.LIFETIME.plus(Validity.SKEW).plusSeconds(30);
  /**
   * How far a read goes back behind the beginning of the last read. A write of a {@link Revoker} may become visible late,
   * so the last read may have missed it.
   */
  static final Duration OVERLAP = Duration.ofSeconds(6 * Revoker.SLOWEST.toSeconds());
  /** How far a read looks into the future, because the clocks of other processes and of the outside issuer may be ahead. */
  private static final Duration AHEAD = Validity.SKEW.plusSeconds(10);
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration USABLE = Duration.ofSeconds(5);

  private final Cassandra cassandra;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Cql select;
  private final Map<Long, Map<UUID, Instant>> ended = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable CompletableFuture<Void>> looking = new AtomicReference<>();
  private volatile @Nullable Look last;

  /** When a read of the store began: by the monotonic clock, and by the clock from which positions are minted. */
  private record Look(long nanos, Instant time) {}

  public Revocations(Cassandra cassandra, Clock clock) {
    this(cassandra, clock, System::nanoTime);
  }

  Revocations(Cassandra cassandra, Clock clock, LongSupplier nanos) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.nanos = nanos;
    this.select = cassandra
      .cql("SELECT position, session_id FROM revocations WHERE slice = ? AND position >= ?");
  }

  /** Starts the first read while the rest of the process starts, so that the first request waits less. */
  public Revocations start() {
    CompletableFuture<Void> _ = look();
    return this;
  }

  /**
   * Throws if the session of a valid token has ended.
   *
   * @throws Unauthenticated if the session ended five seconds ago or earlier, and perhaps if it ended later
   * @throws Unavailable     if the store cannot be read
   */
  public void requireLive(Identity caller) {
    requireLive(caller, USABLE);
  }

  /** Does the same with a read that is at most two seconds old. Long requests call it every two seconds. */
  public void requireStillLive(Identity caller) {
    requireLive(caller, FRESH);
  }

  private void requireLive(Identity caller, Duration usable) {
    if (olderThan(usable)) {
      awaitLook(usable);
    } else if (olderThan(FRESH)) {
      CompletableFuture<Void> _ = look();
    }
    if (hasEnded(caller)) {
      throw new Unauthenticated("The session has ended.");
    }
  }

  /**
   * Whether the caller's user or session is revoked. When a user is erased, their id is revoked, because their sessions at
   * the outside issuer are not known. This holds for all of their tokens, also those that are issued later.
   */
  private boolean hasEnded(Identity caller) {
    if (endOf(caller.userId()) != null) {
      return true;
    }
    OutsideSession outside = caller.outside();
    return outside == null
        ? endOf(caller.sessionId()) != null
        : outside.endedBy(endOf(outside.id())) || outside.endedBy(endOf(outside.person()));
  }

  /** Returns when an id was last revoked; null if it was not. */
  private @Nullable Instant endOf(UUID id) {
    Instant last = null;
    for (Map<UUID, Instant> slice : ended.values()) {
      Instant end = slice.get(id);
      if (end != null && (last == null || end.isAfter(last))) {
        last = end;
      }
    }
    return last;
  }

  private boolean olderThan(Duration age) {
    Look look = last;
    return look == null || nanos.getAsLong() - look.nanos() > age.toNanos();
  }

  private void awaitLook(Duration usable) {
    do {
      try {
        look().get(Deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new Unavailable("Whether the session has ended cannot be told at the moment.");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Unavailable("The server is stopping.");
      }
    } while (olderThan(usable));
  }

  /** Starts a read, or returns the one that another request has started. */
  private CompletableFuture<Void> look() {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> others = looking.compareAndExchange(null, mine);
    if (others != null) {
      return others;
    }
    Thread.ofVirtual().name("revocations").start(() -> {
      try {
        read();
        looking.set(null);
        mine.complete(null);
      } catch (RuntimeException e) {
        looking.set(null);
        mine.completeExceptionally(e);
      }
    });
    return mine;
  }

  private void read() {
    Look now = new Look(nanos.getAsLong(), clock.instant());
    Instant oldest = now.time().minus(MATTERS);
    Instant from = from(now.time(), oldest);
    Map<Long, CompletionStage<AsyncResultSet>> reads = new HashMap<>();
    for (long slice = RevocationSlice.of(from); slice <= RevocationSlice
      .of(now.time().plus(AHEAD)); slice++) {
      reads.put(slice, cassandra.submit(select.bind(slice, Uuid7.floor(from.toEpochMilli()))));
    }
    reads.forEach((slice, read) -> remember(slice, cassandra.all(read)));
    try {
      cassandra.requireClockAgreement();
    } catch (Unavailable e) {
      last = null; // with a wrong clock, these reads may have missed positions
      throw e;
    }
    ended.keySet().removeIf(slice -> slice < RevocationSlice.of(oldest));
    last = now;
  }

  private Instant from(Instant now, Instant oldest) {
    Look look = last;
    if (look == null) {
      return oldest;
    }
    Instant from = (look.time().isBefore(now) ? look.time() : now).minus(OVERLAP);
    return from.isBefore(oldest) ? oldest : from;
  }

  private void remember(long slice, Iterable<Row> rows) {
    for (Row row : rows) {
      UUID position = row.getUuid("position");
      UUID session = row.getUuid("session_id");
      if (position != null && session != null) {
        ended.computeIfAbsent(slice, _ -> new ConcurrentHashMap<>())
          .merge(session, Uuid7.instant(position), (one, other) -> one.isAfter(other) ? one : other);
      }
    }
  }

  /** How many revocations are in memory. */
  int size() {
    return ended.values().stream().mapToInt(Map::size).sum();
  }
}
