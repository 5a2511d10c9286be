package dev.knatter.chat.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.chat.publication.EventType;
import dev.knatter.chat.publication.Publication;
import dev.knatter.chat.publication.Publications;
import dev.knatter.shared.Chunks;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideSession;
import dev.knatter.shared.token.Revoker;

/**
 * The open sessions of users. After a session has ended, its refresh token renews nothing, and every process refuses
 * its access tokens within five seconds. A call that throws {@link Unavailable} may be repeated until it succeeds.
 */
public final class Sessions {
  /** How many sessions {@link #newest} returns at most. */
  public static final int MAX_LISTED = 100;
  private static final int BATCH_SIZE = 50;
  private static final int ATTEMPTS = 3;

  private final Cassandra cassandra;
  private final Revoker revoker;
  private final Publications publications;
  private final Cql selectNewest;
  private final Cql selectAll;
  private final Cql selectIds;
  private final Cql selectSerial;
  private final Cql selectOne;
  private final Cql disableRefresh;
  private final Cql delete;
  private final Cql deleteAll;

  /** Sessions whose end is not published. */
  public Sessions(Cassandra cassandra, Revoker revoker) {
    this(cassandra, revoker, Publications.NONE);
  }

  public Sessions(Cassandra cassandra, Revoker revoker, Publications publications) {
    this.cassandra = cassandra;
    this.revoker = revoker;
    this.publications = publications;
    String select = "SELECT session_id, device_name, device_address, created_at, last_used_at FROM sessions"
        + " WHERE user_id = ? ORDER BY session_id DESC";
    this.selectNewest = cassandra.cql(select + " LIMIT " + MAX_LISTED);
    this.selectAll = cassandra.cql(select);
    this.selectIds = cassandra.cql("SELECT session_id FROM sessions WHERE user_id = ?");
    this.selectSerial = cassandra.serialRead("SELECT session_id FROM sessions WHERE user_id = ?");
    this.selectOne = cassandra.cql("SELECT session_id FROM sessions WHERE user_id = ? AND session_id = ?");
    this.disableRefresh = cassandra.conditional("DELETE refresh_hash, spent_hash FROM sessions"
        + " WHERE user_id = ? AND session_id = ? IF EXISTS");
    this.delete = cassandra
      .conditional("DELETE FROM sessions WHERE user_id = ? AND session_id = ? IF EXISTS");
    this.deleteAll = cassandra.cql("DELETE FROM sessions WHERE user_id = ?");
  }

  /** The {@link #MAX_LISTED} newest sessions, the newest first. */
  public List<Session> newest(UUID user) {
    return sessions(selectNewest, user);
  }

  /** All sessions, the newest first. */
  public List<Session> all(UUID user) {
    return sessions(selectAll, user);
  }

  private List<Session> sessions(Cql select, UUID user) {
    List<Session> sessions = new ArrayList<>();
    for (Row row : cassandra.all(select.bind(user))) {
      UUID id = row.getUuid("session_id");
      Instant created = row.getInstant("created_at");
      Instant used = row.getInstant("last_used_at");
      if (id != null && created != null && used != null) {
        sessions.add(new Session(id, row.getString("device_name"), row.getString("device_address"),
            created, used));
      }
    }
    return sessions;
  }

  /**
   * Ends the caller's own session. The refresh token is disabled first and the row is deleted last. Until then the
   * caller can repeat the call with the access token if it fails half way.
   */
  public void endOwn(Identity own) {
    OutsideSession outside = own.outside();
    if (outside != null) {
      revokeOutside(own.userId(), outside.id(), outside);
    } else {
      Row _ = cassandra.one(disableRefresh.bind(own.userId(), own.sessionId()));
      end(own.userId(), List.of(own.sessionId()));
    }
  }

  /** Ends another session of a user. Does nothing if the user has no such session. */
  public void end(UUID user, UUID session) {
    // A revocation names a session only. The row proves that the session is this user's.
    if (cassandra.one(selectOne.bind(user, session)) != null) {
      end(user, List.of(session));
    }
  }

  /** Ends all sessions of a user except one. */
  public void endOthers(UUID user, UUID kept) {
    List<UUID> others = ids(selectIds, user);
    others.remove(kept);
    Chunks.of(others, BATCH_SIZE).forEach(some -> end(user, some));
  }

  /** Ends all sessions of the caller. The session that the caller is using ends last. */
  public void endAll(Identity own) {
    endOthers(own.userId(), own.sessionId());
    OutsideSession outside = own.outside();
    if (outside != null) {
      revokeOutside(own.userId(), outside.person(), outside);
    } else {
      endOwn(own);
    }
  }

  private void revokeOutside(UUID user, UUID sessionOrPerson, OutsideSession token) {
    try (Publication publication = publications
      .open(new EventReference(EventType.OUTSIDE_SESSION_ENDED, user, sessionOrPerson))) {
      publication.announce();
      revoker.revoke(sessionOrPerson, token);
      publication.happened();
    }
  }

  /**
   * Ends all sessions of a user who is being erased. That includes sessions of the outside issuer and sessions that a
   * login is opening at this moment, because the user's id is revoked as well.
   */
  public void endAllOfErased(UUID user) {
    List<UUID> revoked = ids(selectIds, user);
    revoked.add(user);
    revoker.revoke(revoked);
    // Deletes the partition, not single rows. That also hides the row of a concurrent login, whose timestamp is five
    // minutes old.
    cassandra.execute(deleteAll.bind(user));
  }

  /** How many open sessions a user has. */
  public int count(UUID user) {
    return ids(selectIds, user).size();
  }

  /** Revokes first. If this fails, the remaining rows show which sessions have to be ended. */
  private void end(UUID user, List<UUID> sessions) {
    List<Publication> opened = new ArrayList<>();
    try {
      for (UUID session : sessions) {
        Publication publication = publications
          .open(new EventReference(EventType.SESSION_ENDED, user, session));
        opened.add(publication);
        publication.announce();
      }
      revoker.revoke(sessions);
      delete(user, sessions);
      opened.forEach(Publication::happened);
    } finally {
      opened.forEach(Publication::close);
    }
  }

  private void delete(UUID user, List<UUID> sessions) {
    List<UUID> remaining = sessions;
    for (int attempt = 0; attempt < ATTEMPTS && !remaining.isEmpty(); attempt++) {
      BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
      remaining.forEach(session -> batch.addStatement(delete.bind(user, session)));
      if (cassandra.applied(batch.build())) {
        return;
      }
      // One of the rows has expired or was deleted meanwhile, so all conditions of the batch have failed.
      List<UUID> existing = ids(selectSerial, user);
      remaining = sessions.stream().filter(existing::contains).toList();
    }
    if (!remaining.isEmpty()) {
      throw new Unavailable("The sessions change too fast.");
    }
  }

  private List<UUID> ids(Cql select, UUID user) {
    List<UUID> ids = new ArrayList<>();
    for (Row row : cassandra.all(select.bind(user))) {
      UUID id = row.getUuid("session_id");
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }
}
