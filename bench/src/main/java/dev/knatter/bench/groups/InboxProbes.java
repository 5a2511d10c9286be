package dev.knatter.bench.groups;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.conversation.Conversation;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * Looks until a message is in the inboxes of all members. One member of each commit is looked at, in the order in which the
 * commits begin: to read all inboxes again and again would take the machine from what is measured.
 */
final class InboxProbes {
  private static final long BETWEEN_NANOS = Duration.ofMillis(1).toNanos();
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int AT_ONCE = 128;

  private final Cassandra cassandra;
  private final Cql selectNewest;

  InboxProbes(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.selectNewest = cassandra.cql("SELECT id FROM inbox WHERE user_id = ? AND month = ? LIMIT 1");
  }

  /** Returns when the last commit was there, by {@link System#nanoTime}. */
  long await(MadeGroup group, UUID message) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (UUID member : probes(group.others())) {
      while (!message.equals(newest(cassandra.one(select(member))))) {
        if (System.nanoTime() - end > 0) {
          throw new IllegalStateException(
              "A message has not reached all of %d members.".formatted(group.size()));
        }
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
    return System.nanoTime();
  }

  /** The last member of each commit. */
  static List<UUID> probes(List<UUID> others) {
    List<UUID> probes = new ArrayList<>();
    for (int i = 0; i < others.size(); i += Conversation.MAX_MEMBERS) {
      probes.add(others.get(Math.min(others.size(), i + Conversation.MAX_MEMBERS) - 1));
    }
    return probes;
  }

  /** How many members lack the newest message of their group. */
  int missing(MadeGroup group, UUID message) {
    int missing = 0;
    for (int i = 0; i < group.others().size(); i += AT_ONCE) {
      List<CompletionStage<AsyncResultSet>> reads = group.others()
        .subList(i, Math.min(group.others().size(), i + AT_ONCE))
        .stream()
        .<CompletionStage<AsyncResultSet>>map(member -> cassandra.submit(select(member)))
        .toList();
      for (CompletionStage<AsyncResultSet> read : reads) {
        missing += message.equals(newest(cassandra.join(read).one())) ? 0 : 1;
      }
    }
    return missing;
  }

  private BoundStatement select(UUID member) {
    return selectNewest.bind(member, Inbox.month(System.currentTimeMillis()));
  }

  private static @Nullable UUID newest(@Nullable Row row) {
    return row == null ? null : row.getUuid("id");
  }
}
