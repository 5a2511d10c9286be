package dev.knatter.chat.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.OutsideSession;
import dev.knatter.shared.token.Revoker;

/**
 * The open sessions of users. One that was ended renews nothing from then on, and its access tokens are refused by every
 * process within five seconds. All of it may be repeated until it succeeds ({@link Unavailable} otherwise).
 */
public final class Sessions {
  /** The most that are listed. */
  public static final int LISTED = 100;
  private static final int AT_ONCE = 50;
  private static final int ATTEMPTS = 3;

  private final Cassandra cassandra;
  private final Revoker revoker;
  private final Cql selectNewest;
  private final Cql selectAll;
  private final Cql selectIds;
  private final Cql selectDecided;
  private final Cql selectOne;
  private final Cql close;
  private final Cql delete;
  private final Cql deleteAll;

  public Sessions(Cassandra cassandra, Revoker revoker) {
    this.cassandra = cassandra;
    this.revoker = revoker;
    String select = "SELECT session_id, device_name, device_address, created_at, last_used_at FROM sessions"
        + " WHERE user_id = ? ORDER BY session_id DESC";
    this.selectNewest = cassandra.cql(select + " LIMIT " + LISTED);
    this.selectAll = cassandra.cql(select);
    this.selectIds = cassandra.cql("SELECT session_id FROM sessions WHERE user_id = ?");
    this.selectDecided = cassandra.serialRead("SELECT session_id FROM sessions WHERE user_id = ?");
    this.selectOne = cassandra.cql("SELECT session_id FROM sessions WHERE user_id = ? AND session_id = ?");
    this.close = cassandra.conditional("DELETE refresh_hash, spent_hash FROM sessions"
        + " WHERE user_id = ? AND session_id = ? IF EXISTS");
    this.delete = cassandra
      .conditional("DELETE FROM sessions WHERE user_id = ? AND session_id = ? IF EXISTS");
    this.deleteAll = cassandra.cql("DELETE FROM sessions WHERE user_id = ?");
  }

  /** The {@link #LISTED} newest, the newest first. */
  public List<Session> newest(UUID user) {
    return sessions(selectNewest, user);
  }

  /** All, the newest first. */
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
   * Ends the session that somebody is using at this moment. First it renews nothing any more, and is still there for
   * himself, who has its token to try again with, and for his other sessions; the row goes last.
   */
  public void endOwn(Identity own) {
    OutsideSession outside = own.outside();
    if (outside != null) {
      revoker.revoke(outside.id(), outside);
    } else {
      Row _ = cassandra.one(close.bind(own.userId(), own.sessionId()));
      end(own.userId(), List.of(own.sessionId()));
    }
  }

  /** Ends another session of a user; nothing where he has no such session. */
  public void end(UUID user, UUID session) {
    // A revocation is of whatever session it names: that it is this user's, only the row says.
    if (cassandra.one(selectOne.bind(user, session)) != null) {
      end(user, List.of(session));
    }
  }

  /** Ends all sessions of a user but one, which he keeps. */
  public void endOthers(UUID user, UUID kept) {
    List<UUID> others = ids(selectIds, user);
    others.remove(kept);
    for (int from = 0; from < others.size(); from += AT_ONCE) {
      end(user, others.subList(from, Math.min(from + AT_ONCE, others.size())));
    }
  }

  /** Ends all sessions of the user who is using one of them at this moment, which ends last. */
  public void endAll(Identity own) {
    endOthers(own.userId(), own.sessionId());
    OutsideSession outside = own.outside();
    if (outside != null) {
      revoker.revoke(outside.person(), outside);
    } else {
      endOwn(own);
    }
  }

  /**
   * Ends all sessions of a user who is gone, also those that nobody knows of: of the outside issuer, and those that are
   * being opened at this moment. His id is revoked as a session is.
   */
  public void endForGood(UUID user) {
    List<UUID> revoked = ids(selectIds, user);
    revoked.add(user);
    revoker.revoke(revoked);
    // Not row by row: it also hides what a login writes now, whose time lies some minutes back.
    cassandra.execute(deleteAll.bind(user));
  }

  /** How many there are. */
  public int count(UUID user) {
    return ids(selectIds, user).size();
  }

  /** The revocation goes first: a row that is left says that there is something left to do. */
  private void end(UUID user, List<UUID> sessions) {
    revoker.revoke(sessions);
    delete(user, sessions);
  }

  private void delete(UUID user, List<UUID> sessions) {
    List<UUID> left = sessions;
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
      left.forEach(session -> batch.addStatement(delete.bind(user, session)));
      Row row = cassandra.one(batch.build());
      if (row == null || row.getBoolean("[applied]")) {
        return;
      }
      // One of them has gone by itself meanwhile, and with one all conditions of a batch have failed.
      List<UUID> there = ids(selectDecided, user);
      left = sessions.stream().filter(there::contains).toList();
    }
    if (!left.isEmpty()) {
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
