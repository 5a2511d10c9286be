package dev.knatter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RealStoresTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  @Test
  void keyspace_whenTheClassStarts_isEmptyAndUsed() {
    stores.session().execute("CREATE TABLE greeting (name text PRIMARY KEY)");
    stores.session().execute("INSERT INTO greeting (name) VALUES ('hello')");
    assertThat(
        stores.session().execute("SELECT name FROM " + stores.keyspace() + ".greeting").one().getString(0))
      .isEqualTo("hello");
  }
}
