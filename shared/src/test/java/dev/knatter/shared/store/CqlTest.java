package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
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
  void firstUses_areText_andLaterOnesPrepared() {
    Cql select = cassandra.cql(SELECT);
    assertThat(select.bind(conversation, 0L)).isInstanceOf(SimpleStatement.class);
    assertThat(select.bind(conversation, 0L)).isInstanceOf(SimpleStatement.class);
    awaitPreparation(select);
    assertThat(cassandra.all(select.bind(conversation, 0L))).isEmpty();
  }

  @Test
  void firstUse_whileNobodyIsConnected_waitsForNothing() {
    stores.cassandra().cut();
    try (Cassandra late = Cassandra.open(settings, Clock.systemUTC())) {
      Cql select = late.cql(SELECT);
      assertThat(select.bind(conversation, 0L)).isInstanceOf(SimpleStatement.class);
      assertThat(select.bind(conversation, 0L)).isInstanceOf(SimpleStatement.class);
      stores.cassandra().restore();
      awaitPreparation(select);
    }
  }

  @Test
  void preparationThatFailed_isBegunAgain() {
    Cql select = cassandra.cql(SELECT);
    assertThat(cassandra.all(select.bind(conversation, 0L))).isEmpty();
    stores.cassandra().cut();
    assertThatThrownBy(() -> cassandra.all(select.bind(conversation, 0L))).isInstanceOf(Unavailable.class);
    stores.cassandra().restore();
    awaitPreparation(select);
  }

  /** With a tombstone, what was written before would be gone. */
  @Test
  void valueThatIsMissing_leavesItsColumnUntouched_asTextAndPrepared() {
    Cql insert = cassandra.cql(INSERT);
    cassandra.execute(insert.bindPresent(conversation, 0L, id, "first", "key", 1L));
    BatchableStatement<?> text = insert.bindPresent(conversation, 0L, id, "text", null, 2L);
    assertThat(text).isInstanceOf(SimpleStatement.class);
    cassandra.execute(text);
    assertStored("text", "key");

    BatchableStatement<?> prepared = await().until(
        () -> insert.bindPresent(conversation, 0L, id, "prepared", null, 3L),
        BoundStatement.class::isInstance);
    cassandra.execute(prepared);
    assertStored("prepared", "key");
  }

  private void awaitPreparation(Cql select) {
    await().until(() -> select.bind(conversation, 0L) instanceof BoundStatement);
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
