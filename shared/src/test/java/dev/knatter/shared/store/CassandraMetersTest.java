package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CassandraMetersTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      SELECT id, content FROM timeline WHERE conversation = ? | select timeline
      INSERT INTO inbox (user, month) VALUES (?, ?)           | insert inbox
      UPDATE users SET display_name = ? WHERE id = ?          | update users
      DELETE FROM outbox WHERE bucket = ?                     | delete outbox
      DELETE name FROM users WHERE id = ?                     | delete users
      CREATE TABLE x (id uuid PRIMARY KEY)                    | other
      """)
  void statement_isNamedByVerbAndTable(String cql, String name) {
    assertThat(CassandraMeters.name(cql)).isEqualTo(name);
  }
}
