package dev.knatter.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.knatter.chat.MigratedStores;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.shared.Uuid7;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.token.Identity;
import dev.knatter.shared.token.Revoker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SessionsTest {
  @RegisterExtension
  static final MigratedStores stores = new MigratedStores();

  private final Uuid7 ids = new Uuid7(Clock.systemUTC());
  private final Sessions sessions = new Sessions(stores.cassandra(),
      new Revoker(stores.cassandra(), ids));
  private final UUID user = ids.mint();
  private final UUID session = ids.mint();

  /** Where it stayed hidden, whoever else has its token could go on until that expires. */
  @Test
  void ownSession_whoseRevocationFails_renewsNothingAndCanBeEndedByOthers() {
    stores.session()
      .execute(
          "INSERT INTO sessions (user_id, session_id, refresh_hash, spent_hash, created_at, last_used_at)"
              + " VALUES (?, ?, 0x01, 0x02, toTimestamp(now()), toTimestamp(now()))",
          user, session);
    Map<String, String> nowhere = new HashMap<>(stores.env());
    nowhere.put("KNATTER_CASSANDRA_CONTACT_POINTS", "127.0.0.1:1");
    try (Cassandra away = Cassandra.open(CassandraSettings.from(Env.of(nowhere)), Clock.systemUTC())) {
      Sessions failing = new Sessions(stores.cassandra(), new Revoker(away, ids));
      assertThatThrownBy(() -> failing.endOwn(new Identity(user, "ada", session)))
        .isInstanceOf(Unavailable.class);
    }
    assertThat(sessions.newest(user)).singleElement().extracting(Session::sessionId).isEqualTo(session);
    assertThat(stores.session()
      .execute("SELECT refresh_hash, spent_hash FROM sessions WHERE user_id = ?", user)
      .one()).satisfies(row -> {
        assertThat(row.isNull("refresh_hash")).isTrue();
        assertThat(row.isNull("spent_hash")).isTrue();
      });

    sessions.end(user, session);
    assertThat(sessions.newest(user)).isEmpty();
    assertThat(stores.session()
      .execute("SELECT session_id FROM revocations")
      .all()).extracting(row -> row.getUuid("session_id")).contains(session);
  }
}
