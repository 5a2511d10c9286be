package dev.knatter.core.account;

import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.core.store.Cassandra;
import dev.knatter.core.store.Cql;

/** The sessions that users have opened. One that is ended cannot be renewed. */
public final class OpenSessions {
  private final Cassandra cassandra;
  private final Cql select;
  private final Cql delete;

  public OpenSessions(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.select = cassandra.cql("SELECT session_id FROM sessions WHERE user_id = ?")
      .seldom();
    this.delete = cassandra.cql("DELETE FROM sessions WHERE user_id = ? AND session_id = ?")
      .seldom();
  }

  /** Ends all sessions of a user but one, which he keeps. May be repeated. */
  public void endOthers(UUID user, UUID kept) {
    for (Row row : cassandra.all(select.bind(user))) {
      UUID session = row.getUuid("session_id");
      if (session != null && !session.equals(kept)) {
        cassandra.execute(delete.bind(user, session));
      }
    }
  }
}
