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
 * Which sessions were ended lately, in memory. A question is answered from a look into the store that began not more
 * than five seconds ago, so that what was revoked before then is refused. Looks are made when questions come: one that
 * finds the last look two seconds old is answered and has the next look made for those who come after it; one that
 * finds it too old waits for a look. A process that is asked nothing does nothing.
 */
public final class Revocations {
  /** A revocation from before has no living tokens: their life, what clocks may differ by, and half a minute. */
  static final Duration MATTERS = TokenIssuer.LIFETIME.plus(Validity.SKEW).plusSeconds(30);
  /** Behind the last look's beginning: what a {@link Revoker} began to write shortly before it may have come after. */
  static final Duration OVERLAP = Duration.ofSeconds(6 * Revoker.SLOWEST.toSeconds());
  /** Other processes' clocks may be ahead, and the outside issuer's. */
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

  /** When a look into the store began, by a clock that nobody sets and by the one that positions are minted from. */
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

  /** Has the first look made while everything else starts, so that the first question need not wait as long. */
  public Revocations start() {
    CompletableFuture<Void> _ = look();
    return this;
  }

  /**
   * Lets a token pass that speaks for somebody.
   *
   * @throws Unauthenticated where its session was ended five seconds ago or earlier; where it was ended later, perhaps
   * @throws Unavailable     where that cannot be known
   */
  public void requireLive(Identity caller) {
    requireLive(caller, USABLE);
  }

  /** The same for those who ask again every two seconds, in a request that takes long: by a look of that age at most. */
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

  /** Somebody's id is revoked when he is gone, with sessions that nobody knows: for good, as one that was opened here. */
  private boolean hasEnded(Identity caller) {
    if (endOf(caller.userId()) != null) {
      return true;
    }
    OutsideSession outside = caller.outside();
    return outside == null
        ? endOf(caller.sessionId()) != null
        : outside.endedBy(endOf(outside.id())) || outside.endedBy(endOf(outside.person()));
  }

  /** The last that is remembered. */
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

  /** The look that is being made, by whomever; one at a time is enough. */
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
      last = null; // nobody knows which positions these looks have missed
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

  /** How many it remembers. */
  int size() {
    return ended.values().stream().mapToInt(Map::size).sum();
  }
}
