package dev.knatter.bench.setup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.embedded.Checkout;
import dev.knatter.embedded.EmbeddedCassandra;
import dev.knatter.embedded.EmbeddedRedis;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.SchemaMain;
import dev.knatter.shared.token.KeyFiles;

/** Fresh stores, tables, keys and users: everything that functions need. */
public final class BenchEnvironment implements AutoCloseable {
  /** Of everything that the bench makes. */
  static final Path FOLDER = Checkout.root().resolve(".knatter/bench");

  private static final String RUN = "run-";

  private final Path folder;
  private final FileChannel lock;
  private final EmbeddedCassandra cassandra;
  private final EmbeddedRedis redis;
  private final Map<String, String> environment;

  private BenchEnvironment(Path folder, FileChannel lock, EmbeddedCassandra cassandra, EmbeddedRedis redis,
      List<String> jvm) {
    this.folder = folder;
    this.lock = lock;
    this.cassandra = cassandra;
    this.redis = redis;
    this.environment = new HashMap<>(Map.of(
        // As in a cluster: a name, which a start has to resolve.
        "KNATTER_CASSANDRA_CONTACT_POINTS", cassandra.contactPoint().replace("127.0.0.1:", "localhost:"),
        "KNATTER_CASSANDRA_DATACENTER", cassandra.datacenter(),
        "KNATTER_REDIS_URL", redis.url(),
        "KNATTER_HOST", "127.0.0.1",
        "KNATTER_JWKS_FILE", folder.resolve("keys/jwks.json").toString(),
        "KNATTER_SIGNING_KEY_FILE", folder.resolve("keys/signing-key.json").toString(),
        "KNATTER_CURSOR_KEY_FILE", folder.resolve("keys/cursor.key").toString(),
        "KNATTER_NAME_KEY_FILE", folder.resolve("keys/name.key").toString()));
    if (!jvm.isEmpty()) {
      this.environment.put("_JAVA_OPTIONS", String.join(" ", jvm)); // which overrides all other options of a JVM
    }
  }

  /**
   * Begins with nothing: what an earlier run left is deleted.
   *
   * @param jvm further options for all JVMs that are measured
   * @throws IllegalStateException if another run uses the folder: two would measure each other
   */
  public static BenchEnvironment open(List<String> jvm, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path folder = FOLDER;
    Files.createDirectories(folder);
    FileChannel lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IllegalStateException("Another ./knatter bench is running. Two would measure each other.");
    }
    forget(folder);
    Path run = Files.createDirectories(folder.resolve(RUN + ProcessHandle.current().pid()));
    KeyFiles.write(run.resolve("keys"));
    EmbeddedRedis redis = EmbeddedRedis.start(run.resolve("redis"), 0, progress);
    EmbeddedCassandra cassandra = EmbeddedCassandra.start(run.resolve("cassandra"), 0,
        ProcessHandle.current().pid(), progress);
    BenchEnvironment bench = new BenchEnvironment(run, lock, cassandra, redis, jvm);
    SchemaMain.apply(bench.env());
    return bench;
  }

  /** Writes the users and their messages. */
  public TestUsers people() {
    TestUsers users = new TestUsers(System.currentTimeMillis());
    try (Cassandra client = Cassandra.open(CassandraSettings.from(env()), Clock.systemUTC())) {
      new History(client).write(users);
    }
    return users;
  }

  /** Opens a session for each of these users. */
  public List<OpenSession> sessions(TestUsers users) {
    try (Cassandra client = Cassandra.open(CassandraSettings.from(env()), Clock.systemUTC())) {
      return OpenSession.write(client, RawStatements.of(client), users);
    }
  }

  public Map<String, String> environment() {
    return environment;
  }

  public Env env() {
    return Env.of(environment);
  }

  /** @param more variables besides {@link #environment} */
  public Env env(Map<String, String> more) {
    return Env.of(with(more));
  }

  private Map<String, String> with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return all;
  }

  public RedisCommands redis() {
    return new RedisCommands(redis);
  }

  public Path logs() {
    return folder;
  }

  /** The processes of the stores, by name. */
  public Map<String, Long> stores() {
    Map<String, Long> pids = new LinkedHashMap<>();
    pids.put("Cassandra", cassandra.pid());
    pids.put("Redis", redis.pid());
    return pids;
  }

  /**
   * A program that is ready.
   *
   * @param more variables besides {@link #environment}
   */
  public FunctionProcess start(String name, List<String> command, Map<String, String> more) throws Exception {
    FunctionProcess process = prepare(name, command, more);
    process.start();
    process.awaitReady().close();
    return process;
  }

  /** @param more variables besides {@link #environment} */
  public FunctionProcess prepare(String name, List<String> command, Map<String, String> more) {
    return FunctionProcess.prepare(name, command, with(more), folder);
  }

  /** Deletes what runs that were killed have left. */
  private static void forget(Path folder) {
    try (Stream<Path> runs = Files.list(folder)) {
      for (Path run : runs.filter(path -> path.getFileName().toString().startsWith(RUN)).toList()) {
        delete(run);
      }
    } catch (IOException e) {
      // The Cassandra of such a run is still writing there; the next run will delete it.
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() throws IOException {
    cassandra.close();
    redis.close();
    delete(folder);
    lock.close();
  }
}
