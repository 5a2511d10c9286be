package dev.knatter.chat.account;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.Cql;
import dev.knatter.shared.token.OutsideIdentity;
import org.jspecify.annotations.Nullable;

/** Which user somebody of the outside issuer is. Decided once, by lightweight transaction. */
public final class Bindings {
  private static final int ATTEMPTS = 3;

  private final Cassandra cassandra;
  private final Cql select;
  private final Cql selectDecided;
  private final Cql insert;
  private final Cql delete;
  private final Cql selectOfUser;
  private final Cql insertOfUser;
  private final Cql deleteOfUser;

  /** Somebody at an issuer, for ever (OpenID Connect Core 1.0 §5.7). */
  public record Subject(String issuer, String subject) {}

  /** username: the name that the user has, or is about to get. */
  record Binding(UUID userId, Username username) {}

  public Bindings(Cassandra cassandra) {
    this.cassandra = cassandra;
    String byIdentity = "SELECT user_id, username FROM outside_identities WHERE issuer = ? AND subject = ?";
    this.select = cassandra.cql(byIdentity);
    this.selectDecided = cassandra.serialRead(byIdentity);
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

  /** Binds him to a user, or returns how he was bound before. */
  Binding claim(OutsideIdentity who, UUID userId, Username name) {
    for (int attempt = 1; true; attempt++) {
      try {
        Row row = cassandra.one(insert.bind(who.issuer(), who.subject(), userId, name.value()));
        Binding earlier = row == null || row.getBoolean("[applied]") ? null : binding(row);
        return earlier == null ? new Binding(userId, name) : earlier;
      } catch (Unavailable unknown) {
        Binding decided = decided(who);
        if (decided != null) {
          return decided;
        }
        if (attempt == ATTEMPTS) {
          throw unknown;
        }
      }
    }
  }

  private @Nullable Binding decided(OutsideIdentity who) {
    try {
      return binding(cassandra.one(selectDecided.bind(who.issuer(), who.subject())));
    } catch (Unavailable e) {
      return null;
    }
  }

  /** Makes the binding findable from the user. */
  void note(OutsideIdentity who, UUID userId) {
    cassandra.execute(insertOfUser.bind(userId, who.issuer(), who.subject()));
  }

  /** Undoes a binding to this user; one to another stays. */
  void dissolve(OutsideIdentity who, UUID userId) {
    dissolve(new Subject(who.issuer(), who.subject()), userId);
  }

  /** The same. */
  public void dissolve(Subject who, UUID userId) {
    cassandra.execute(delete.bind(who.issuer(), who.subject(), userId));
    cassandra.execute(deleteOfUser.bind(userId, who.issuer(), who.subject()));
  }

  /** Who a user is outside; empty for one who registered here. */
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
