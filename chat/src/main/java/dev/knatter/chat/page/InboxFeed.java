package dev.knatter.chat.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.inbox.Inbox;
import dev.knatter.chat.inbox.WriteAttempt;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;

/**
 * A user's inbox as a feed. Keys are positions. Partitions are months, from the month in which the user was created.
 * The user's id contains that time.
 *
 * @param ceiling a key above all existing keys
 */
record InboxFeed(Cassandra cassandra, Inbox inbox, Timeline timeline, Visibility visibility, UUID user,
    UUID ceiling) implements Feed {
  static final Duration DELTA = WriteAttempt.DELTA;
  private static final int MAX_COUNTED = 500;
  private static final Duration SKEW = Duration.ofSeconds(10);

  @Override
  public List<FeedRow> above(UUID from, int limit) {
    int first = Math.max(month(from), oldest());
    return entries(new Partitions<Integer>(cassandra,
        (month, some) -> inbox.startAbove(user, month, from, some))
      .read(IntStream.rangeClosed(first, month(ceiling)).iterator(), limit));
  }

  @Override
  public List<FeedRow> upTo(UUID to, int limit) {
    int last = month(to);
    return entries(new Partitions<Integer>(cassandra,
        (month, some) -> inbox.startUpTo(user, month, to, some))
      .read(IntStream.iterate(last, month -> month >= oldest(), month -> month - 1).iterator(), limit));
  }

  @Override
  public List<FeedRow> between(UUID from, UUID to, int limit) {
    return entries(new Partitions<Integer>(cassandra,
        (month, some) -> inbox.startBetween(user, month, from, to, some))
      .read(IntStream.rangeClosed(month(from), month(to)).iterator(), limit));
  }

  @Override
  public Optional<List<UUID>> presentKeys(UUID from, UUID to) {
    List<FeedRow> rows = between(from, to, MAX_COUNTED + 1);
    if (rows.size() > MAX_COUNTED) {
      return Optional.empty();
    }
    Map<UUID, Message> found = messages(rows);
    return Optional.of(rows.stream().filter(row -> found.containsKey(row.id())).map(FeedRow::key).toList());
  }

  @Override
  public Map<UUID, Message> messages(List<FeedRow> rows) {
    Map<UUID, List<UUID>> wanted = new LinkedHashMap<>();
    rows.forEach(row -> wanted.computeIfAbsent(row.conversation(), _ -> new ArrayList<>()).add(row.id()));
    List<CompletionStage<AsyncResultSet>> reads = new ArrayList<>();
    wanted.forEach((conversation, ids) -> reads.addAll(timeline.start(conversation, ids)));
    return visibility.of(user, timeline.collect(reads));
  }

  private static List<FeedRow> entries(List<Row> rows) {
    return rows.stream()
      .map(Inbox.Reference::of)
      .map(row -> new FeedRow(row.position(), row.conversation(), row.id(), null, false))
      .toList();
  }

  /** The month in which the user was created. The margin allows for another machine's clock. */
  private int oldest() {
    return Inbox.month(Uuid7.millis(user) - SKEW.toMillis());
  }

  private static int month(UUID key) {
    return Inbox.month(Uuid7.millis(key));
  }
}
