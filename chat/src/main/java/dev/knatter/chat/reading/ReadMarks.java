package dev.knatter.chat.reading;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/**
 * The table of read marks. A mark never goes back, without any coordination: its write has the time of its
 * message as timestamp, so the store keeps the mark of the later message.
 */
public final class ReadMarks {
  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql select;
  private final Cql selectSome;
  private final Cql selectAll;
  private final Cql delete;

  /** Up to which message a user has read a conversation. */
  public record UpTo(UUID conversation, UUID id) {}

  public ReadMarks(Cassandra cassandra) {
    String columns = "SELECT conversation_id, mark FROM read_marks WHERE user_id = ?";
    this.cassandra = cassandra;
    this.insert = cassandra
      .cql("INSERT INTO read_marks (user_id, conversation_id, mark) VALUES (?, ?, ?) USING TIMESTAMP ?");
    this.select = cassandra.cql(columns + " AND conversation_id = ?");
    this.selectSome = cassandra.cql(columns + " AND conversation_id IN ?");
    this.selectAll = cassandra.cql(columns);
    this.delete = cassandra.cql("DELETE FROM read_marks WHERE user_id = ?");
  }

  /** Stores a mark, unless there is one of a later message. */
  void put(UUID user, UUID conversation, ReadMark mark) {
    cassandra.execute(
        insert.bind(user, conversation, mark.toBytes(), Uuid7.millis(mark.upTo()) * 1_000));
  }

  /** The user's marks in some conversations, by conversation. */
  Map<UUID, ReadMark> of(UUID user, Collection<UUID> conversations) {
    Map<UUID, ReadMark> found = new HashMap<>();
    if (!conversations.isEmpty()) {
      for (Row row : cassandra.all(selectSome.bind(user, List.copyOf(conversations)))) {
        ReadMark mark = mark(row);
        if (mark != null) {
          found.put(Objects.requireNonNull(row.getUuid("conversation_id")), mark);
        }
      }
    }
    return found;
  }

  /** Up to where some users have read a conversation, by user. Who has read nothing is missing. */
  Map<UUID, UUID> ofUsers(UUID conversation, Collection<UUID> users) {
    Map<UUID, CompletionStage<AsyncResultSet>> reads = new HashMap<>();
    users.forEach(user -> reads.put(user, cassandra.submit(select.bind(user, conversation))));
    Map<UUID, UUID> found = new HashMap<>();
    reads.forEach((user, read) -> {
      Row row = cassandra.join(read).one();
      Optional.ofNullable(row).map(ReadMarks::mark).ifPresent(mark -> found.put(user, mark.upTo()));
    });
    return found;
  }

  /** All that the user has marked. */
  public List<UpTo> all(UUID user) {
    List<UpTo> all = new ArrayList<>();
    for (Row row : cassandra.all(selectAll.bind(user))) {
      ReadMark mark = mark(row);
      UUID conversation = row.getUuid("conversation_id");
      if (mark != null && conversation != null) {
        all.add(new UpTo(conversation, mark.upTo()));
      }
    }
    return all;
  }

  /** Deletes the marks of an erased user. */
  public void deleteAll(UUID user) {
    cassandra.execute(delete.bind(user));
  }

  private static @Nullable ReadMark mark(Row row) {
    ByteBuffer bytes = row.getByteBuffer("mark");
    return bytes == null ? null : ReadMark.of(bytes);
  }
}
