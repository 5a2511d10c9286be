package dev.knatter.chat.deadletter;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Statement;
import dev.knatter.chat.deadletter.LetterList.Entry;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The table of arrivals by the user whom a signed event names. */
final class LettersOfUsers {
  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql selectAbove;
  private final Cql delete;

  LettersOfUsers(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert = cassandra
      .cql("INSERT INTO dead_letters_of_user (user_id, position, letter_id) VALUES (?, ?, ?) USING TTL ?");
    this.selectAbove = cassandra.cql("SELECT position, letter_id FROM dead_letters_of_user"
        + " WHERE user_id = ? AND position > ? LIMIT ?");
    this.delete = cassandra.cql("DELETE FROM dead_letters_of_user WHERE user_id = ? AND position = ?");
  }

  Statement<?> insert(UUID user, Entry entry, Duration life) {
    return insert.bind(user, entry.position(), entry.letter(), Math.toIntExact(life.toSeconds()));
  }

  /** The first arrivals of a user above a position, in ascending order. */
  List<Entry> above(UUID user, UUID position, int limit) {
    return cassandra.all(selectAbove.bind(user, position, limit)).stream().map(Entry::of).toList();
  }

  Statement<?> delete(UUID user, UUID position) {
    return delete.bind(user, position);
  }
}
