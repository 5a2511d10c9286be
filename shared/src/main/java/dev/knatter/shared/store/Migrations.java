package dev.knatter.shared.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a keyspace to the schema of this release. It applies each of its numbered files once, in their order, under a
 * lock.
 *
 * <p>The lock is a lightweight transaction with a time to live, so the lock of a migration that is killed ends by itself.
 * Every statement of a file can be repeated ({@code IF NOT EXISTS}), so the next migration finishes what a killed one has
 * begun. A file that has changed after it was applied is an error.
 */
public final class Migrations {
  /** The files, in the order in which they are applied. A file's version is the number in its name: not every number has one. */
  private static final List<String> FILES = List.of("001-chat.cql", "002-sessions.cql", "003-people.cql",
      "004-outside-identity.cql", "005-erasure.cql", "006-publications.cql", "007-dead-letters.cql",
      "008-webhooks.cql", "009-groups.cql", "010-changes.cql", "012-reads.cql", "021-live.cql");
  /** The version that the code of this release needs. */
  static final int REQUIRED = version(FILES.getLast());
  /** How many versions there are up to that one. */
  static final int COUNT = FILES.size();

  private static final Duration LOCK = Duration.ofMinutes(2);
  private static final Duration STATEMENT = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  private final CqlSession session;
  private final String keyspace;
  private final String owner;

  private Migrations(CqlSession session, String keyspace, String owner) {
    this.session = session;
    this.keyspace = keyspace;
    this.owner = owner;
  }

  /**
   * Applies the files that the keyspace lacks. A missing keyspace is created with the given replication. An operator who wants
   * another replication creates the keyspace before.
   *
   * @param replication the CQL map of {@code CREATE KEYSPACE … WITH replication =}
   * @param owner       the owner of the lock. A migration that was killed can be started again at once under the same owner
   */
  public static void apply(CassandraSettings settings, String replication, String owner)
      throws IOException, InterruptedException {
    try (CqlSession session = CqlSessions.openWithoutKeyspace(settings)) {
      new Migrations(session, settings.keyspace(), owner).run(replication);
    }
  }

  /** Does the same under a random owner: if this migration is killed, the next one waits until the lock has ended. */
  public static void apply(CassandraSettings settings, String replication)
      throws IOException, InterruptedException {
    apply(settings, replication, UUID.randomUUID().toString());
  }

  private void run(String replication) throws IOException, InterruptedException {
    execute("CREATE KEYSPACE IF NOT EXISTS " + keyspace + " WITH replication = " + replication);
    execute("USE " + keyspace);
    execute(
        "CREATE TABLE IF NOT EXISTS schema_versions (keyspace_name text, version int, file text, checksum text,"
            + " applied_at timestamp, PRIMARY KEY (keyspace_name, version))");
    execute("CREATE TABLE IF NOT EXISTS schema_lock (name text PRIMARY KEY, owner text)");
    lock();
    try {
      migrate();
    } finally {
      execute("DELETE FROM schema_lock WHERE name = 'schema' IF owner = ?", owner);
    }
  }

  private void lock() throws InterruptedException {
    boolean said = false;
    while (!locks()) {
      if (!said) {
        log.info("Another migration is running; waiting for it.");
        said = true;
      }
      Thread.sleep(Duration.ofMillis(500));
    }
  }

  private boolean locks() {
    Row row = execute("INSERT INTO schema_lock (name, owner) VALUES ('schema', ?) IF NOT EXISTS USING TTL "
        + LOCK.toSeconds(), owner)
      .getFirst();
    if (row.getBoolean("[applied]")) {
      return true;
    }
    return owner.equals(row.getString("owner")) && renews();
  }

  private boolean renews() {
    return execute("UPDATE schema_lock USING TTL " + LOCK.toSeconds() + " SET owner = ?"
        + " WHERE name = 'schema' IF owner = ?", owner, owner)
      .getFirst()
      .getBoolean("[applied]");
  }

  private void migrate() throws IOException {
    Map<Integer, String> applied = execute(
        "SELECT version, checksum FROM schema_versions WHERE keyspace_name = ?",
        keyspace)
      .stream()
      .collect(Collectors.toMap(row -> row.getInt("version"), row -> row.getString("checksum")));
    for (String file : FILES) {
      int version = version(file);
      String text = read(file);
      String checksum = checksum(text);
      String known = applied.get(version);
      if (known == null) {
        statements(text).forEach(this::execute);
        execute("INSERT INTO schema_versions (keyspace_name, version, file, checksum, applied_at)"
            + " VALUES (?, ?, ?, ?, totimestamp(now()))", keyspace, version, file, checksum);
        log.info("Applied {}.", file);
      } else if (!known.equals(checksum)) {
        throw new IllegalStateException(file + " was applied to keyspace " + keyspace
            + " with another content. An applied file must not change: put it back and add a new one.");
      }
    }
  }

  private static int version(String file) {
    return Integer.parseInt(file.substring(0, file.indexOf('-')));
  }

  private List<Row> execute(String cql, Object... values) {
    return session.execute(SimpleStatement.newInstance(cql, values).setTimeout(STATEMENT)).all();
  }

  private static Stream<String> statements(String text) {
    String code = text.lines()
      .filter(line -> !line.strip().startsWith("--"))
      .collect(Collectors.joining("\n"));
    return Stream.of(code.split(";")).map(String::strip).filter(statement -> !statement.isEmpty());
  }

  private static String read(String file) throws IOException {
    try (InputStream in = Migrations.class.getResourceAsStream("/schema/" + file)) {
      if (in == null) {
        throw new IllegalStateException("schema/" + file + " is missing from the jar.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String checksum(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
