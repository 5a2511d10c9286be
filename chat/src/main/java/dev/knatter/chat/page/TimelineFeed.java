package dev.knatter.chat.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import dev.knatter.chat.message.Message;
import dev.knatter.chat.message.Slices;
import dev.knatter.chat.message.Timeline;
import dev.knatter.shared.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * The timeline of a conversation as a feed. Keys are message ids.
 *
 * @param bottom no message with this id or a smaller one can be there, so nothing is read below
 */
record TimelineFeed(TimelineStatements cql, Slices slices, Timeline timeline, UUID conversation,
    UUID bottom) implements Feed {
  static final Duration DELTA = Timeline.DELTA;
  private static final int MAX_COUNTED = 2_000;

  @Override
  public List<FeedRow> above(UUID from, int limit) {
    return entries(walk().above(Uuid7.max(from, bottom), limit, cql::ascending));
  }

  @Override
  public List<FeedRow> upTo(UUID to, int limit) {
    return entries(walk().upTo(bottom, to, limit, cql::descending));
  }

  @Override
  public List<FeedRow> between(UUID from, UUID to, int limit) {
    return walk().between(Uuid7.max(from, bottom), to, limit, cql::between)
      .stream()
      .map(row -> entry(id(row, 0), row.get(1, TypeCodecs.UUID), null))
      .toList();
  }

  @Override
  public Optional<List<UUID>> presentKeys(UUID from, UUID to) {
    List<FeedRow> rows = between(from, to, MAX_COUNTED + 1);
    return rows.size() > MAX_COUNTED
        ? Optional.empty()
        : Optional.of(rows.stream().filter(row -> !row.late()).map(FeedRow::key).toList());
  }

  @Override
  public Map<UUID, Message> messages(List<FeedRow> rows) {
    List<UUID> missing = rows.stream().filter(row -> row.message() == null).map(FeedRow::id).toList();
    Map<UUID, Message> found = new HashMap<>(
        missing.isEmpty() ? Map.of() : timeline.findAll(conversation, missing));
    for (FeedRow row : rows) {
      Message message = row.message();
      if (message != null) {
        found.put(message.id(), message);
      }
    }
    return found;
  }

  private SliceWalk walk() {
    return new SliceWalk(cql, slices, conversation);
  }

  private List<FeedRow> entries(List<Row> rows) {
    List<FeedRow> entries = new ArrayList<>(rows.size());
    for (Row row : rows) {
      entries.add(entry(id(row, Message.ID), row.get(Message.REFERS_TO, TypeCodecs.UUID), Message.of(row)));
    }
    return entries;
  }

  private FeedRow entry(UUID key, @Nullable UUID late, @Nullable Message message) {
    return late == null
        ? new FeedRow(key, conversation, key, message, false)
        : new FeedRow(key, conversation, late, null, true);
  }

  private static UUID id(Row row, int index) {
    return Objects.requireNonNull(row.get(index, TypeCodecs.UUID));
  }
}
