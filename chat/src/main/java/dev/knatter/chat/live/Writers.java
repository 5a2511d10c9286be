package dev.knatter.chat.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.store.ParallelReads;

/** Who has written in direct conversations of late: in the newest messages of each of their newest slices. */
final class Writers {
  private static final int SLICES = 3;
  private static final int MESSAGES = 100;
  private static final int AT_ONCE = 16;
  private static final int REMEMBERED = 20_000;
  private static final Duration FRESH = Duration.ofHours(1);
  private static final int BOTH = 2;

  private final Cassandra cassandra;
  private final Cql selectSlices;
  private final Cql selectSenders;
  /** Only of conversations in which both have written: a first answer must count at once. */
  private final Cache<UUID, Set<UUID>> known = Caffeine.newBuilder()
    .maximumSize(REMEMBERED)
    .expireAfterWrite(FRESH)
    .executor(Runnable::run)
    .build();

  Writers(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.selectSlices = cassandra
      .cql("SELECT slice FROM conversations WHERE conversation_id = ? LIMIT " + SLICES);
    this.selectSenders = cassandra
      .cql("SELECT sender FROM timeline WHERE conversation_id = ? AND slice = ? LIMIT " + MESSAGES);
  }

  /** The users who have written in each of some conversations. */
  Map<UUID, Set<UUID>> of(List<UUID> conversations) {
    List<Set<UUID>> writers = ParallelReads.map(conversations, AT_ONCE, this::find);
    Map<UUID, Set<UUID>> all = new HashMap<>();
    for (int i = 0; i < conversations.size(); i++) {
      all.put(conversations.get(i), writers.get(i));
    }
    return all;
  }

  private Set<UUID> find(UUID conversation) {
    Set<UUID> remembered = known.getIfPresent(conversation);
    if (remembered != null) {
      return remembered;
    }
    Set<UUID> writers = new HashSet<>();
    for (Row slice : cassandra.all(selectSlices.bind(conversation))) {
      if (writers.size() < BOTH && !slice.isNull("slice")) {
        cassandra.all(selectSenders.bind(conversation, slice.getLong("slice")))
          .stream()
          .map(row -> row.getUuid("sender"))
          .filter(Objects::nonNull)
          .forEach(writers::add);
      }
    }
    if (writers.size() == BOTH) {
      known.put(conversation, writers);
    }
    return writers;
  }
}
