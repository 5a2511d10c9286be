package dev.knatter.chat.account;

import java.time.Instant;
import java.util.Optional;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.chat.publication.ChatEvent;
import dev.knatter.chat.publication.EventReference;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;

/** The events about accounts and sessions, as far as the store knows that they have happened. */
public final class AccountEvents {
  private final Cassandra cassandra;
  private final Cql selectUser;
  private final Cql selectOwner;
  private final Cql selectSession;

  public AccountEvents(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.selectUser = cassandra.cql("SELECT username FROM users WHERE user_id = ?");
    this.selectOwner = cassandra.serialRead("SELECT user_id FROM accounts WHERE username = ?");
    this.selectSession = cassandra
      .serialRead("SELECT session_id FROM sessions WHERE user_id = ? AND session_id = ?");
  }

  /** The event of a user who has got their name; empty if they have not, or were erased. */
  public Optional<ChatEvent> registered(EventReference reference, Instant time) {
    Row user = cassandra.one(selectUser.bind(reference.subject()));
    String name = user == null ? null : user.getString("username");
    Row owner = name == null ? null : cassandra.one(selectOwner.bind(name));
    return owner != null && reference.subject().equals(owner.getUuid("user_id"))
        ? Optional.of(new ChatEvent(reference, time))
        : Optional.empty();
  }

  /** The event of a session that has ended; empty if it is still open. */
  public Optional<ChatEvent> sessionEnded(EventReference reference, Instant time) {
    return cassandra.one(selectSession.bind(reference.subject(), reference.id())) == null
        ? Optional.of(new ChatEvent(reference, time))
        : Optional.empty();
  }
}
