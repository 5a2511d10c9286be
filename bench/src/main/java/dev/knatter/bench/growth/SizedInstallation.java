package dev.knatter.bench.growth;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.knatter.bench.generator.ClosedLoop;
import dev.knatter.bench.generator.HttpWorker;
import dev.knatter.bench.generator.LoadDuration;
import dev.knatter.bench.generator.MeasurementListener;
import dev.knatter.bench.generator.Outcome;
import dev.knatter.bench.generator.RoundRobin;
import dev.knatter.bench.generator.Worker;
import dev.knatter.bench.process.FunctionProcess;
import dev.knatter.bench.setup.BenchEnvironment;
import dev.knatter.bench.setup.Packages;
import dev.knatter.bench.setup.Person;
import dev.knatter.bench.setup.RedisCommands;
import dev.knatter.bench.setup.RequestFactory;
import dev.knatter.bench.setup.TestUsers;
import dev.knatter.embedded.EmbeddedRedis;
import dev.knatter.shared.Env;
import dev.knatter.shared.store.Cassandra;
import dev.knatter.shared.store.CassandraSettings;
import dev.knatter.shared.store.SchemaMain;

/** So many users with their messages, in a keyspace and a Redis of their own, and the functions that serve them. */
final class SizedInstallation implements AutoCloseable {
  private static final int PAGE = 5;

  private final int size;
  private final Env env;
  private final TestUsers users;
  private final EmbeddedRedis redis;
  private final FunctionProcess send;
  private final FunctionProcess messages;

  private SizedInstallation(int size, Env env, TestUsers users, EmbeddedRedis redis, FunctionProcess send,
      FunctionProcess messages) {
    this.size = size;
    this.env = env;
    this.users = users;
    this.redis = redis;
    this.send = send;
    this.messages = messages;
  }

  static SizedInstallation create(BenchEnvironment bench, int size, Consumer<String> progress)
      throws Exception {
    EmbeddedRedis redis = EmbeddedRedis.start(bench.logs().resolve("redis-" + size), 0, _ -> {});
    Map<String, String> more = Map.of("KNATTER_CASSANDRA_KEYSPACE", "size_" + size, "KNATTER_REDIS_URL",
        redis.url());
    Env env = bench.env(more);
    SchemaMain.apply(env);
    TestUsers users = new TestUsers(System.currentTimeMillis());
    progress.accept("Writing %,d users, cached conversations and messages".formatted(size));
    try (Cassandra cassandra = Cassandra.open(CassandraSettings.from(env), Clock.systemUTC())) {
      Seed seed = new Seed(cassandra);
      seed.users(users, size);
      seed.messages(users, size);
    }
    Seed.cachedConversations(new RedisCommands(redis), size);
    return new SizedInstallation(size, env, users, redis, started(bench, "send", more),
        started(bench, "messages", more));
  }

  private static FunctionProcess started(BenchEnvironment bench, String function, Map<String, String> more)
      throws Exception {
    return bench.start(function, Packages.product(function).command(), more);
  }

  int size() {
    return size;
  }

  /** Its processes. */
  Stream<Long> pids() {
    return Stream.of(redis.pid(), send.pid(), messages.pid());
  }

  /** Keeps so many requests under way at once. */
  Outcome run(GrowthScenario scenario, int atOnce, LoadDuration pace) throws InterruptedException {
    RequestFactory requests = new RequestFactory(env, users);
    int port = scenario == GrowthScenario.INBOX ? messages.port() : send.port();
    List<Worker> workers = IntStream.range(0, atOnce)
      .<Worker>mapToObj(worker -> new HttpWorker(port, scenario.expected(),
          requests(scenario, requests, new RoundRobin<>(users.writing(), worker, atOnce))))
      .toList();
    return ClosedLoop.run(workers, Thread.ofPlatform().factory(), pace, MeasurementListener.NONE);
  }

  private Supplier<byte[]> requests(GrowthScenario scenario, RequestFactory requests,
      RoundRobin<TestUsers.Pair> turns) {
    return switch (scenario) {
      case INBOX -> () -> requests.inbox(turns.next().one(), PAGE);
      case SEND -> () -> requests.send(turns.next());
      case SEND_TO_ANYBODY -> () -> requests.send(turns.next().one(), anybody());
    };
  }

  private Person anybody() {
    int number = ThreadLocalRandom.current().nextInt(size);
    List<Person> people = users.people();
    return number < people.size() ? people.get(number) : Seed.user(users, number);
  }

  @Override
  public void close() throws IOException {
    send.close();
    messages.close();
    redis.close();
  }
}
