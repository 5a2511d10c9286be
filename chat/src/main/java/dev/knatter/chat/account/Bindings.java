package dev.knatter.chat.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.OutsideIdentity;
import org.jspecify.annotations.Nullable;

/** Binds people of the outside issuer to our users. A lightweight transaction decides each binding once. */
public final class Bindings {
  private static final int ATTEMPTS = 3;

  private final Cassandra cassandra;
  private final Cql select;
  private final Cql selectSerial;
  private final Cql insert;
  private final Cql delete;
  private final Cql selectOfUser;
  private final Cql insertOfUser;
  private final Cql deleteOfUser;

  /** A person at an issuer. The pair never changes (OpenID Connect Core 1.0 §5.7). */
  public record Subject(String issuer, String subject) {}

  /** A person's user. username: the name that the user has or will get. */
  public record Binding(UUID userId, Username username) {}

  public Bindings(Cassandra cassandra) {
    this.cassandra = cassandra;
    String byIdentity = "SELECT user_id, username FROM outside_identities WHERE issuer = ? AND subject = ?";
    this.select = cassandra.cql(byIdentity);
    this.selectSerial = cassandra.serialRead(byIdentity);
    this.insert = cassandra.conditional("INSERT INTO outside_identities (issuer, subject, user_id, username)"
        + " VALUES (?, ?, ?, ?) IF NOT EXISTS");
    this.delete = cassandra
      .conditional("DELETE FROM outside_identities WHERE issuer = ? AND subject = ? IF user_id = ?");
    this.selectOfUser = cassandra
      .cql("SELECT issuer, subject FROM outside_identities_of_user WHERE user_id = ?");
    this.insertOfUser = cassandra
      .cql("INSERT INTO outside_identities_of_user (user_id, issuer, subject) VALUES (?, ?, ?)");
    this.deleteOfUser = cassandra
      .cql("DELETE FROM outside_identities_of_user WHERE user_id = ? AND issuer = ? AND subject = ?");
  }

  @Nullable
  Binding find(OutsideIdentity who) {
    return binding(cassandra.one(select.bind(who.issuer(), who.subject())));
  }

  /** The user to whom a person is bound. */
  public Optional<Binding> find(Subject who) {
    return Optional.ofNullable(binding(cassandra.one(selectSerial.bind(who.issuer(), who.subject()))));
  }

  /** Binds the person to a user, or returns the binding that exists already. */
  Binding claim(OutsideIdentity who, UUID userId, Username name) {
    for (int attempt = 1; true; attempt++) {
      try {
        Row row = cassandra.one(insert.bind(who.issuer(), who.subject(), userId, name.value()));
        Binding earlier = row == null || row.getBoolean("[applied]") ? null : binding(row);
        return earlier == null ? new Binding(userId, name) : earlier;
      } catch (Unavailable unknown) {
        Binding existing = readSerial(who);
        if (existing != null) {
          return existing;
        }
        if (attempt == ATTEMPTS) {
          throw unknown;
        }
      }
    }
  }

  private @Nullable Binding readSerial(OutsideIdentity who) {
    try {
      return binding(cassandra.one(selectSerial.bind(who.issuer(), who.subject())));
    } catch (Unavailable e) {
      return null;
    }
  }

  /** Stores the reverse row, by which {@link #of} finds the binding. */
  void linkUser(OutsideIdentity who, UUID userId) {
    cassandra.execute(insertOfUser.bind(userId, who.issuer(), who.subject()));
  }

  /** Removes a binding to this user. A binding to another user stays. */
  void remove(OutsideIdentity who, UUID userId) {
    remove(new Subject(who.issuer(), who.subject()), userId);
  }

  /** Removes a binding to this user. A binding to another user stays. */
  public void remove(Subject who, UUID userId) {
    cassandra.execute(delete.bind(who.issuer(), who.subject(), userId));
    cassandra.execute(deleteOfUser.bind(userId, who.issuer(), who.subject()));
  }

  /** The subjects that are bound to a user; empty for a user who registered here. */
  public List<Subject> of(UUID user) {
    List<Subject> found = new ArrayList<>();
    for (Row row : cassandra.all(selectOfUser.bind(user))) {
      String issuer = row.getString("issuer");
      String subject = row.getString("subject");
      if (issuer != null && subject != null) {
        found.add(new Subject(issuer, subject));
      }
    }
    return found;
  }

  private static @Nullable Binding binding(@Nullable Row row) {
    UUID userId = row == null ? null : row.getUuid("user_id");
    Username name = row == null ? null : Username.parse(row.getString("username")).orElse(null);
    return userId == null || name == null ? null : new Binding(userId, name);
  }
}
