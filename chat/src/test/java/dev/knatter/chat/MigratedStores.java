package dev.knatter.chat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.knatter.chat.pending.PendingTable;
import dev.knatter.chat.pending.SweepPass;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.Migrations;
import dev.knatter.shared.store.Redis;
import dev.knatter.shared.store.RedisSettings;
import dev.knatter.testing.RealStores;
import dev.knatter.testing.TcpProxy;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real stores with the product's schema, and the product's clients of them, which are closed after the last test of the
 * class. A client is opened when a test first asks for it, and the schema is applied before the first client of Cassandra is.
 * The class begins with empty tables and an empty Redis. Its stores may be those of an earlier class, so no class changes the
 * schema.
 *
 * <pre>{@code @RegisterExtension static final MigratedStores stores = new MigratedStores();}</pre>
 */
public final class MigratedStores implements BeforeAllCallback, AfterAllCallback {
  private final RealStores stores;
  private final Map<Integer, Cassandra> cassandras = new HashMap<>();
  private final Map<Integer, Redis> redises = new HashMap<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  public MigratedStores() {
    this(RealStores.ofProduct());
  }

  /** @param stores a new keyspace, for a class that asks Cassandra what has been done with the tables */
  public MigratedStores(RealStores stores) {
    this.stores = stores;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    stores.beforeAll(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    for (AutoCloseable client : opened.reversed()) {
      client.close();
    }
    stores.afterAll(context);
  }

  /** The client of a process: the same one for the same number. */
  public synchronized Cassandra cassandra(int process) {
    return cassandras.computeIfAbsent(process, _ -> openCassandra());
  }

  /** The same for a test with one process. */
  public Cassandra cassandra() {
    return cassandra(0);
  }

  /** Another client, for a process that the test ends. The test may close it, and need not. */
  public synchronized Cassandra openCassandra() {
    CassandraSettings settings = CassandraSettings.from(Env.of(env()));
    migrate(settings);
    return opened(Cassandra.open(settings, Clock.systemUTC()));
  }

  private void migrate(CassandraSettings settings) {
    if (!stores.hasTablesOfProduct()) {
      try {
        Migrations.apply(settings, "{'class': 'SimpleStrategy', 'replication_factor': 1}");
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The client of a process: the same one for the same number. */
  public synchronized Redis redis(int process) {
    return redises.computeIfAbsent(process, _ -> openRedis());
  }

  /** The same for a test with one process. */
  public Redis redis() {
    return redis(0);
  }

  /** Another client, for a test that cuts it off. */
  public synchronized Redis openRedis() {
    return opened(Redis.open(RedisSettings.from(Env.of(env()))));
  }

  private <T extends AutoCloseable> T opened(T client) {
    opened.add(client);
    return client;
  }

  /** The variables by which a process finds these stores, through the proxies. */
  public Map<String, String> env() {
    return stores.env();
  }

  /** For assertions: it uses the keyspace, and not the proxy. */
  public CqlSession session() {
    return stores.session();
  }

  /** What is between the clients and Cassandra. */
  public TcpProxy cassandraProxy() {
    return stores.cassandra();
  }

  /** What is between the clients and Redis. */
  public TcpProxy redisProxy() {
    return stores.redis();
  }

  /**
   * Lets every pass of a sweep begin at a moment. Those of an old product would begin long ago, and an earlier test may have
   * taken them further.
   *
   * @param prefix of the names of the passes: which sweep it is
   */
  public void beginSweep(String prefix, Instant at) {
    for (SweepPass pass : SweepPass.values()) {
      session()
        .execute("UPDATE sweeps SET swept_until = ? WHERE pass = ?",
            PendingTable.bucket(at.toEpochMilli()) - 1, prefix + pass.name());
    }
  }

  /** Redis forgets everything, as after a restart. */
  public void flushRedis() {
    stores.flushRedis();
  }

  /** What is in these stores is listed by {@link dev.knatter.testing.Contents}. */
  public RealStores real() {
    return stores;
  }
}
