package dev.knatter.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knatter.embedded.CassandraFlush;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CassandraFlushTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  @Test
  void flush_ofWhatIsInMemory_writesItToDisk() {
    stores.session().execute("CREATE TABLE rows (id int PRIMARY KEY)");
    stores.session().execute("INSERT INTO rows (id) VALUES (1)");
    assertThat(mebibytesOnDisk()).isZero();

    CassandraFlush.of(stores.cassandraPid());

    assertThat(mebibytesOnDisk()).isOne(); // it counts them as begun
  }

  private static long mebibytesOnDisk() {
    return stores.session()
      .execute(
          "SELECT mebibytes FROM system_views.disk_usage WHERE keyspace_name = ? AND table_name = 'rows'",
          stores.keyspace())
      .one()
      .getLong(0);
  }
}
