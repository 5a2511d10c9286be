package dev.knatter.chat.account;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.RefreshToken;

/** Tells which sessions are still open, for what ends with its session. */
public final class OpenSessions {
  private final Cassandra cassandra;
  private final Cql select;
  private final Cql selectEnd;

  public OpenSessions(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra
      .cql("SELECT session_id, refresh_hash FROM sessions WHERE user_id = ? AND session_id IN ?");
    this.selectEnd = cassandra
      .cql("SELECT refresh_hash, last_used_at FROM sessions WHERE user_id = ? AND session_id = ?");
  }

  /** When the session ends that a user has opened here, unless it is renewed; empty if it has ended. */
  public Optional<Instant> end(UUID user, UUID session) {
    Row row = cassandra.one(selectEnd.bind(user, session));
    Instant used = row == null || row.isNull("refresh_hash") ? null : row.getInstant("last_used_at");
    return Optional.ofNullable(used).map(last -> last.plus(RefreshToken.LIFETIME));
  }

  /** Starts to read sessions of a user; {@link #collect} waits for them. */
  public CompletionStage<AsyncResultSet> start(UUID user, Collection<UUID> sessions) {
    return cassandra.submit(select.bind(user, List.copyOf(sessions)));
  }

  /** Those of the sessions that are open. One whose end has begun is not. */
  public Set<UUID> collect(CompletionStage<AsyncResultSet> read) {
    Set<UUID> open = new HashSet<>();
    for (Row row : cassandra.all(read)) {
      UUID session = row.getUuid("session_id");
      if (session != null && !row.isNull("refresh_hash")) {
        open.add(session);
      }
    }
    return open;
  }
}
