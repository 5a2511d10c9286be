package dev.knatter.chat.message;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * Finds the slice of a message in its conversation's timeline. It caches past windows for an hour and the present one
 * for a minute at most. Changes are announced five minutes ahead, so every process knows them in time.
 */
public final class Slices {
  /** How long the present window is cached. */
  static final Duration FRESH = Duration.ofMinutes(1);
  /** How long a past window is cached. It does not change any more. */
  private static final Duration PAST = Duration.ofHours(1);
  private static final int REMEMBERED = 50;

  private final Cassandra cassandra;
  private final Clock clock;
  private final Cql select;
  private final Cache<Long, Known> windows = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfter(Expiry.<Long, Known>writing((_, known) -> known.timeToLive()))
    .executor(Runnable::run)
    .build();

  private record Known(SliceWindow window, long asOfNanos, boolean past) {
    Duration timeToLive() {
      return past ? PAST : FRESH.minusNanos(System.nanoTime() - asOfNanos);
    }
  }

  public Slices(Cassandra cassandra, Clock clock) {
    this.cassandra = cassandra;
    this.clock = clock;
    this.select = cassandra
      .cql("SELECT conversation_id, starts_at, length, written FROM slice_history WHERE window = ?");
  }

  /** Starts to read the present window while the process starts, so that the first request does not wait for it. */
  public Slices start() {
    Thread.ofVirtual().name("slices").start(() -> {
      try {
        window(clock.millis());
      } catch (Unavailable _) {
        // The first request reads it.
      }
    });
    return this;
  }

  long of(UUID conversation, UUID id) {
    return at(conversation, Uuid7.millis(id));
  }

  /** The slices in which rows of a message may be, including its own slice. */
  Set<Long> possible(UUID conversation, UUID id) {
    long millis = Uuid7.millis(id);
    return window(millis).possibleSlices(conversation, millis);
  }

  /** The slice that contains a time in milliseconds. */
  public long at(UUID conversation, long millis) {
    return window(millis).slice(conversation, millis);
  }

  /** The end of a slice, exclusive, in milliseconds. */
  public long end(UUID conversation, long slice) {
    return window(slice).end(conversation, slice);
  }

  /** No message from this id on is in a slice of any conversation before this one. */
  public static long first(UUID id) {
    return SliceWindow.numberOf(Uuid7.millis(id)) * SliceWindow.LENGTH;
  }

  SliceWindow window(long millis) {
    long number = SliceWindow.numberOf(millis);
    Known known = windows.getIfPresent(number);
    if (known == null) {
      known = load(number);
      windows.put(number, known);
    }
    return known.window();
  }

  private Known load(long number) {
    long asOf = System.nanoTime();
    // Five minutes after its end, no change that counts can be written into a window.
    boolean past = clock.millis() > (number + 1) * SliceWindow.LENGTH + Duration.ofMinutes(5).toMillis();
    List<SliceWindow.Change> history = cassandra.all(select.bind(number))
      .stream()
      .map(Slices::change)
      .toList();
    return new Known(SliceWindow.of(number, history), asOf, past);
  }

  private static SliceWindow.Change change(Row row) {
    UUID conversation = present(row.getUuid("conversation_id"));
    return new SliceWindow.Change(conversation, row.getLong("starts_at"), row.getInt("length") * 1_000L,
        Uuids.unixTimestamp(present(row.getUuid("written"))));
  }

  private static UUID present(@Nullable UUID value) {
    if (value == null) {
      throw new IllegalStateException("a row of slice_history is not whole");
    }
    return value;
  }
}
