package dev.knatter.chat.conversation;

import java.time.Duration;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/**
 * For how long groups have kept their messages at any time, by their event logs. Events do not change, so of each group the shortest
 * time is remembered, and only later events are read. A whole log, which may be long, is read once by a process.
 */
public final class PastRetentions {
  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final int REMEMBERED = 10_000;
  private static final Known NOTHING = new Known(0, Integer.MAX_VALUE);

  private final Cassandra cassandra;
  private final Cql select;
  private final Cache<UUID, Known> known = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .executor(Runnable::run)
    .build();

  /**
   * What is known of a group.
   *
   * @param version of its last event that was read
   * @param days    the shortest time up to then; MAX_VALUE if messages have always lived for ever
   */
  private record Known(int version, int days) {}

  public PastRetentions(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra
      .cql("SELECT version, retention FROM conversation_events WHERE conversation_id = ? AND version > ?");
  }

  /** Whether a message of this age may have been in the conversation and may have reached the end of its life. */
  public boolean mayHaveExpired(UUID conversation, Duration age) {
    if (!Conversation.isGroup(conversation) || age.compareTo(SHORTEST) < 0) {
      return false;
    }
    Known before = known.get(conversation, id -> read(id, NOTHING)); // many requests at once read a log once
    Known now = read(conversation, before);
    if (now.version() > before.version()) {
      known.put(conversation, now);
    }
    return now.days() <= age.toDays();
  }

  private Known read(UUID conversation, Known before) {
    int version = before.version();
    int days = before.days();
    for (Row row : cassandra.all(select.bind(conversation, version))) {
      version = Math.max(version, row.getInt("version"));
      int changed = row.getInt("retention"); // null, which is read as 0, if the event has not changed it; 0 for ever
      days = changed > 0 ? Math.min(days, changed) : days;
    }
    return new Known(version, days);
  }
}
