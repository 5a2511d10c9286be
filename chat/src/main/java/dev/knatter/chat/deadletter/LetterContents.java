package dev.knatter.chat.deadletter;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.data.ByteUtils;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import org.jspecify.annotations.Nullable;

/** The table of what arrived. A row is written once, under the position of its arrival, and never changed. */
final class LetterContents {
  private final Cassandra cassandra;
  private final Cql insert;
  private final Cql select;
  private final Cql selectOwner;
  private final Cql selectAttributes;
  private final Cql delete;

  /** An arrival. owner: the user whom a signed event names; null for all others */
  record Content(DeadLetter letter, @Nullable UUID owner, Instant expiresAt) {}

  LetterContents(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert = cassandra.cql("INSERT INTO dead_letter_contents (position, attributes, data, error_code,"
        + " error_data, error_destination, owner, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TTL ?");
    this.select = cassandra.cql("SELECT attributes, data, error_code, error_data, error_destination, owner,"
        + " expires_at FROM dead_letter_contents WHERE position = ?");
    this.selectOwner = cassandra.cql("SELECT owner FROM dead_letter_contents WHERE position = ?");
    this.selectAttributes = cassandra.cql("SELECT attributes FROM dead_letter_contents WHERE position = ?");
    this.delete = cassandra.cql("DELETE FROM dead_letter_contents WHERE position = ?");
  }

  Statement<?> insert(UUID position, Content content, Duration life) {
    DeadLetter letter = content.letter();
    DeliveryError error = letter.error();
    return insert.bindPresent(position, letter.attributes(), ByteBuffer.wrap(letter.data()),
        error.code(), error.data(), error.destination(), content.owner(), content.expiresAt(),
        Math.toIntExact(life.toSeconds()));
  }

  /** Starts to read an arrival. */
  CompletionStage<AsyncResultSet> start(UUID position) {
    return cassandra.submit(select.bind(position));
  }

  /** Empty if there is no such arrival any more. */
  Optional<Content> join(CompletionStage<AsyncResultSet> started) {
    return Optional.ofNullable(cassandra.join(started).one()).flatMap(LetterContents::content);
  }

  Optional<Content> find(UUID position) {
    return join(start(position));
  }

  Optional<UUID> owner(UUID position) {
    return Optional.ofNullable(cassandra.one(selectOwner.bind(position))).map(row -> row.getUuid("owner"));
  }

  /** Whether there is such an arrival, of an event of this type. */
  boolean isOfType(UUID position, String type) {
    Row row = cassandra.one(selectAttributes.bind(position));
    Map<String, String> attributes = row == null
        ? null
        : row.getMap("attributes", String.class, String.class);
    return attributes != null && type.equals(attributes.get("type"));
  }

  Statement<?> delete(UUID position) {
    return delete.bind(position);
  }

  private static Optional<Content> content(Row row) {
    Map<String, String> attributes = row.getMap("attributes", String.class, String.class);
    ByteBuffer data = row.getByteBuffer("data");
    Instant expires = row.getInstant("expires_at");
    if (attributes == null || expires == null) {
      return Optional.empty();
    }
    DeliveryError error = new DeliveryError(row.isNull("error_code") ? null : row.getInt("error_code"),
        row.getString("error_data"), row.getString("error_destination"));
    byte[] bytes = data == null ? new byte[0] : ByteUtils.getArray(data);
    return Optional.of(new Content(new DeadLetter(attributes, bytes, error), row.getUuid("owner"), expires));
  }
}
