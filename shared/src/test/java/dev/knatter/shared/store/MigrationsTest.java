package dev.knatter.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.knatter.shared.Env;
import dev.knatter.testing.RealStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MigrationsTest {
  @RegisterExtension
  static final RealStores stores = new RealStores();

  private static Void migrate() throws Exception {
    return migrate(UUID.randomUUID().toString());
  }

  private static Void migrate(String owner) throws Exception {
    Migrations.apply(CassandraSettings.from(Env.of(stores.env())),
        "{'class': 'SimpleStrategy', 'replication_factor': 1}", owner);
    return null;
  }

  private long applied() {
    return stores.session().execute("SELECT version FROM schema_versions").all().size();
  }

  @Test
  void migrations_atOnceAndAgain_areAppliedOnce() throws Exception {
    Callable<Void> migration = MigrationsTest::migrate;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> each : threads.invokeAll(Collections.nCopies(3, migration))) {
        each.get();
      }
    }
    assertThat(applied()).isEqualTo(Migrations.COUNT);
    assertThat(stores.session().execute("SELECT owner FROM schema_lock").all()).isEmpty();
  }

  /** A number that is left out now may be given to a file later. */
  @Test
  void version_isTheNumberInTheNameOfItsFile() throws Exception {
    migrate();
    assertThat(stores.session().execute("SELECT version, file FROM schema_versions").all())
      .allSatisfy(
          row -> assertThat(row.getString("file")).startsWith("%03d-".formatted(row.getInt("version"))))
      .anyMatch(row -> row.getInt("version") == Migrations.REQUIRED);
  }

  @Test
  void migrationKilledBeforeItWasNoted_isFinishedByTheNext() throws Exception {
    migrate();
    stores.session().execute("TRUNCATE schema_versions");
    migrate();
    assertThat(applied()).isEqualTo(Migrations.COUNT);
  }

  @Test
  void migrationKilledWithTheLock_goesOnUnderItsOwnNameAndKeepsOthersOut() throws Exception {
    migrate();
    stores.session().execute("INSERT INTO schema_lock (name, owner) VALUES ('schema', 'job-1') USING TTL 5");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Void> other = threads.submit(() -> migrate("job-2"));
      migrate("job-1"); // when this migration ends, it releases the lock for the other one
      other.get();
    }
    assertThat(stores.session().execute("SELECT owner FROM schema_lock").all()).isEmpty();
  }

  @Test
  void fileThatChangedAfterItWasApplied_isAnErrorThatSaysWhatToDo() throws Exception {
    migrate();
    stores.session()
      .execute("UPDATE schema_versions SET checksum = 'other' WHERE keyspace_name = ? AND version = 1",
          stores.keyspace());
    try {
      assertThatThrownBy(MigrationsTest::migrate).hasMessageContaining("001-chat.cql")
        .hasMessageContaining("add a new one");
    } finally {
      stores.session().execute("TRUNCATE schema_versions");
    }
  }
}
