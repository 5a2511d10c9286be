package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.knatter.shared.DomainError.Unavailable;
import dev.knatter.shared.Env;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CqlTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  private static final String SELECT = "SELECT content FROM timeline WHERE conversation_id = ? AND slice = ?";
  private static final String INSERT = "INSERT INTO timeline (conversation_id, slice, id, content, key_id)"
      + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?";
  private static CassandraSettings settings;

  private final UUID conversation = UUID.randomUUID();
  private final UUID id = UUID.randomUUID();
  private Cassandra cassandra;

  @BeforeAll
  static void migrate() throws Exception {
    settings = CassandraSettings.from(Env.of(stores.env()));
    Migrations.apply(settings, "{'class': 'SimpleStrategy', 'replication_factor': 1}");
  }

  @BeforeEach
  void open() {
    cassandra = Cassandra.open(settings, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    stores.cassandra().restore();
    cassandra.close();
  }

  @Test
  void statementThatIsNotPreparedYet_isPreparedAtItsFirstUse_withinTheDeadline() throws Exception {
    cassandra.one(cassandra.cql("SELECT user_id FROM users LIMIT 1").bind());
    stores.cassandra().stall();
    Cql select = cassandra.cql(SELECT);
    Callable<Object> bind = () -> select.bind(conversation, 0L);
    assertThatThrownBy(() -> Deadline.within(Duration.ofMillis(300), bind)).isInstanceOf(Unavailable.class);
    stores.cassandra().restore();
    await().ignoreException(Unavailable.class)
      .until(() -> cassandra.all(select.bind(conversation, 0L)).isEmpty());
  }

  @Test
  void preparationThatFailed_isBegunAgain() {
    cassandra.one(cassandra.cql("SELECT user_id FROM users LIMIT 1").bind());
    stores.cassandra().cut();
    Cql select = cassandra.cql(SELECT);
    assertThatThrownBy(() -> select.bind(conversation, 0L)).isInstanceOf(Unavailable.class);
    stores.cassandra().restore();
    await().ignoreException(Unavailable.class)
      .until(() -> cassandra.all(select.bind(conversation, 0L)).isEmpty());
  }

  /** A tombstone would delete the value that was written before. */
  @Test
  void valueThatIsMissing_leavesItsColumnUntouched() {
    Cql insert = cassandra.cql(INSERT);
    cassandra.execute(insert.bindPresent(conversation, 0L, id, "first", "key", 1L));
    cassandra.execute(insert.bindPresent(conversation, 0L, id, "second", null, 2L));
    assertStored("second", "key");
  }

  private void assertStored(String content, String keyId) {
    Row row = stores.session()
      .execute("SELECT content, key_id FROM timeline WHERE conversation_id = ? AND slice = 0 AND id = ?",
          conversation, id)
      .one();
    assertThat(row.getString("content")).isEqualTo(content);
    assertThat(row.getString("key_id")).isEqualTo(keyId);
  }
}
